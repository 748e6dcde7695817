"""Maintenance windows and freezes: everybody of the desk reads them, the change manager keeps them."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from changes import rules, services
from changes.forms.calendar import FreezeForm, WindowForm
from changes.models import Freeze, MaintenanceWindow
from changes.selectors import windows as fits
from cmdb.models import ConfigurationItem, Service
from core import clock, time_zones
from core.access import desk_view
from core.errors import NotAllowed, Refused

SHOWN = 200


@desk_view
@require_safe
def windows(request):
    """Every window with its next openings, and the freezes that are not over."""
    now = clock.now()
    seen = Prefetch("items", ConfigurationItem.objects.visible_to(request.user), to_attr="seen_items")
    rows = MaintenanceWindow.objects.visible_to(request.user).prefetch_related(seen, "classes")[:SHOWN]
    services_seen = Prefetch("services", Service.objects.visible_to(request.user), to_attr="seen_services")
    freezes = Freeze.objects.visible_to(request.user).filter(until_at__gt=now)
    context = {
        "windows": [(row, fits.next_openings(row, now)) for row in rows],
        "freezes": list(freezes.prefetch_related(services_seen, "classes", "teams")[:SHOWN]),
        "past": list(Freeze.objects.visible_to(request.user).filter(until_at__lte=now).order_by("-until_at")[:5]),
        "now": now,
        "may_keep": rules.keeps_calendar(request.user),
    }
    return render(request, "changes/calendar/windows.html", context)


@desk_view
def window(request, pk=None):
    """The form of one, new or there already."""
    seen = MaintenanceWindow.objects.visible_to(request.user)
    today = timezone.localdate(clock.now())
    row = get_object_or_404(seen, pk=pk) if pk else MaintenanceWindow(from_on=today, zone=request.user.time_zone)
    more = {"zones": time_zones.zone_names(), "openings": fits.next_openings(row, clock.now(), most=5) if pk else []}
    return _kept(request, row, WindowForm, services.keep_window, "changes/calendar/window.html", more)


@desk_view
def freeze(request, pk=None):
    """The form of one, new or there already."""
    begins = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    new = Freeze(from_at=begins, until_at=begins + timedelta(days=7))
    row = get_object_or_404(Freeze.objects.visible_to(request.user), pk=pk) if pk else new
    return _kept(request, row, FreezeForm, services.keep_freeze, "changes/calendar/freeze.html", {})


@desk_view
@require_POST
def discard_window(request, pk):
    services.discard_window(
        get_object_or_404(MaintenanceWindow.objects.visible_to(request.user), pk=pk), actor=request.user
    )
    messages.success(request, _("Deleted."))
    return redirect("changes:windows")


@desk_view
@require_POST
def discard_freeze(request, pk):
    services.discard_freeze(get_object_or_404(Freeze.objects.visible_to(request.user), pk=pk), actor=request.user)
    messages.success(request, _("Deleted."))
    return HttpResponseRedirect(reverse("changes:windows") + "#freezes")


def _kept(request, row, form_class, command, template, more):
    if not rules.keeps_calendar(request.user):
        raise NotAllowed()
    form = form_class(request.user, request.POST if request.method == "POST" else None, instance=row)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            command(row, actor=request.user, **form.values())
            messages.success(request, _("Saved."))
            return redirect("changes:windows")
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, template, {"form": form, "row": row, **more}, status=status)
