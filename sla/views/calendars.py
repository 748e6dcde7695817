"""Pages about working calendars: all of them, and one with its year."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock, time_zones
from core.access import desk_view
from core.errors import InvalidInput
from core.htmx import fragment_or_page
from sla import access
from sla.forms.calendar import MODES
from sla.models import Calendar, Recalculation
from sla.selectors import followers, hours, zone_rules
from sla.selectors.calendar_year import year_of
from sla.services import calendars

DIFFERENCES_SHOWN = 12


@desk_view
@require_safe
def calendar_list(request):
    """Every calendar with its version in force."""
    newest = {v.calendar_id: v for v in hours.versions_in_force()}
    rows = [
        {
            "calendar": calendar,
            "version": newest.get(calendar.pk),
            "week": hours.week_in_words(newest[calendar.pk].weekly) if calendar.pk in newest else [],
            "is_running_out": hours.is_running_out(newest.get(calendar.pk)),
        }
        for calendar in Calendar.objects.select_related("organisation")
    ]
    return render(request, "sla/calendars/list.html", {"rows": rows, "manages": access.manages(request.user)})


@desk_view
@require_safe
def calendar_page(request, pk):
    """One calendar: hours, year, versions, and how far a change has come."""
    calendar = get_object_or_404(Calendar.objects.select_related("organisation"), pk=pk)
    versions = list(calendar.versions.order_by("-number"))
    chosen = _chosen(versions, request.GET.get("version"))
    year = _year(request.GET.get("year"))
    months, dated = year_of(chosen, year) if chosen else ([], [])
    current = versions[0] if versions else None
    moved = zone_rules.differences(current) if current else []
    context = {
        "calendar": calendar,
        "versions": versions,
        "chosen": chosen,
        "current": current,
        "week": hours.week_in_words(chosen.weekly) if chosen else [],
        "weekdays": hours.weekday_names(),
        "year": year,
        "months": months,
        "dated": dated,
        "today": clock.now().date(),
        "is_running_out": hours.is_running_out(current),
        "moved": moved[:DIFFERENCES_SHOWN],
        "moved_count": len(moved),
        "release": time_zones.installed_release(),
        "modes": MODES,
        "manages": access.manages(request.user),
        **_progress(calendar),
    }
    return render(request, "sla/calendars/page.html", context)


@desk_view
@require_safe
def calendar_progress(request, pk):
    """How far the last change has been carried to open clocks; asks again by itself while it runs."""
    calendar = get_object_or_404(Calendar, pk=pk)
    context = {"calendar": calendar, **_progress(calendar)}
    return fragment_or_page(request, "sla/calendars/progress.html", "sla/calendars/_progress.html", context)


@desk_view
@require_POST
def follow_zone_rules(request, pk):
    """Publish the same hours by the time zone rules that are installed now."""
    calendar = get_object_or_404(Calendar, pk=pk)
    if request.POST.get("mode") not in dict(MODES):
        raise InvalidInput({"mode": [_("Choose how running clocks are judged.")]})
    version = calendars.follow_zone_rules(calendar, mode=request.POST["mode"], actor=request.user)
    messages.success(request, _("Version %(number)s is in force.") % {"number": version.number})
    return redirect("sla:calendar", pk)


def _progress(calendar) -> dict:
    job = Recalculation.objects.filter(calendar=calendar).select_related("requested_by").first()
    is_running = job is not None and job.state == Recalculation.State.RUNNING
    return {
        "job": job,
        "is_running": is_running,
        "remaining": followers.outdated_clocks(calendar).count() if is_running else 0,
    }


def _chosen(versions, number):
    if number is None:
        return versions[0] if versions else None
    found = next((version for version in versions if str(version.number) == number), None)
    if found is None:
        raise Http404
    return found


def _year(typed) -> int:
    try:
        return date(int(typed), 1, 1).year if typed and 1970 <= int(typed) <= 2200 else clock.now().year
    except ValueError:
        return clock.now().year
