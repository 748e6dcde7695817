"""Pages about how teams are covered: the desk reads them, whoever keeps rosters keeps shifts."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import rules, services
from accounts.forms.service_form import add_refusal
from accounts.forms.shifts import ShiftForm
from accounts.models import Team, WorkShift
from accounts.selectors import coverage as selectors
from accounts.selectors.rosters import rosters
from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused


@desk_view
@require_safe
def team_list(request):
    """Every team that takes tickets, with who works now and the first hole of the coming week."""
    now, rows = clock.now(), []
    teams = list(Team.objects.visible_to(request.user).active())
    for found in selectors.coverages_of(teams, now, now + timedelta(days=7)):
        here = [one for one in found.stretches if one.start <= now < one.end and not _is_away(one, now)]
        rows.append((found.team, here, found.holes[0] if found.holes else None, bool(found.stretches)))
    return render(request, "accounts/coverage.html", {"rows": rows})


@desk_view
@require_safe
def team_coverage(request, pk):
    """A week or a month of one team; `from` is any day of it."""
    team, now = _team(request, pk), clock.now()
    zone = selectors.zone_of(team)
    is_month = request.GET.get("view") == "month"
    chosen = _day(request.GET.get("from", "")) or now.astimezone(zone).date()
    first, count = _month(chosen) if is_month else (chosen - timedelta(days=chosen.weekday()), 7)
    start, end = (datetime.combine(day, time(), zone) for day in (first, first + timedelta(days=count)))
    found = selectors.coverage_of(team, start, end)
    days = selectors.days_of(found, first, count, now, zone)
    context = {
        "team": team,
        "weeks": [days[n : n + 7] for n in range(0, count, 7)],
        "coverage": found,
        "is_month": is_month,
        "middle": chosen,
        "first": first,
        "last": first + timedelta(days=count - 1),
        "before": chosen.replace(day=1) - timedelta(days=1) if is_month else first - timedelta(days=7),
        "after": _next_month(chosen) if is_month else first + timedelta(days=7),
        "zone": zone.key,
        "shifts": WorkShift.objects.filter(team=team).prefetch_related("people"),
        "rosters": rosters().filter(team=team),
        "may_keep": rules.keeps_rosters(request.user),
        "may_arrange": [
            one for one in team.members.active().order_by("name", "pk")
            if one != request.user and rules.arranges_absence(request.user, one)
        ],
    }  # fmt: skip
    return render(request, "accounts/team_coverage.html", context)


@desk_view
def new_shift(request, pk):
    team = _team(request, pk)
    initial = {"valid_from": clock.now().date(), "zone": selectors.zone_of(team).key}
    return _edit(request, team, None, ShiftForm(team, request.POST or None, initial=initial))


@desk_view
def shift_page(request, pk):
    shift = _shift(request, pk)
    return _edit(request, shift.team, shift, ShiftForm(shift.team, request.POST or None, instance=shift))


@desk_view
@require_POST
def drop_shift(request, pk):
    shift = _shift(request, pk)
    services.drop_shift(shift, actor=request.user)
    messages.success(request, _("The shift is off the plan."))
    return redirect("accounts:team_coverage", shift.team_id)


def _edit(request, team, shift, form):
    if not rules.keeps_rosters(request.user):
        raise NotAllowed()
    if request.method == "POST" and form.is_valid():
        try:
            services.save_shift(shift, team=team, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:team_coverage", team.pk)
    context = {"form": form, "team": team, "shift": shift}
    return render(request, "accounts/shift.html", context, status=422 if form.errors else 200)


def _team(request, pk):
    return get_object_or_404(Team.objects.visible_to(request.user), pk=pk)


def _shift(request, pk):
    rows = WorkShift.objects.filter(team__in=Team.objects.visible_to(request.user)).select_related("team")
    return get_object_or_404(rows, pk=pk)


def _is_away(stretch, now):
    return any(one.from_at <= now < one.until_at for one in stretch.away)


def _day(text):
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def _month(chosen):
    """The whole weeks that show the month of a day: (first Monday, days)."""
    first = chosen.replace(day=1)
    last = chosen.replace(day=monthrange(chosen.year, chosen.month)[1])
    monday = first - timedelta(days=first.weekday())
    return monday, ((last - monday).days // 7 + 1) * 7


def _next_month(chosen):
    return (chosen.replace(day=1) + timedelta(days=32)).replace(day=1)
