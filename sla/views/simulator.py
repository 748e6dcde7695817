"""When would it be due: a ticket that does not exist, counted by the engine that serves real ones."""

from zoneinfo import ZoneInfo

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import desk_view
from sla.forms.trying import SimulatorForm
from sla.models import CalendarVersion
from sla.services import simulating


@desk_view
@require_safe
def simulator(request):
    form = SimulatorForm(request.GET, request.user)
    context = {"form": form, "zone": str(timezone.get_current_timezone())}
    if form.is_valid():
        given = form.cleaned_data
        version = given["version"] or simulating.binding_version(
            organisation=given["customer"], service=given["service"], priority=given["priority"], kind=given["kind"]
        )
        context |= {"version": version, "is_answered": True, "results": _results(form, version) if version else []}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "sla/simulator.html", context, status=status)


def _results(form, version):
    given = form.cleaned_data
    found = simulating.simulate(
        version,
        kind=given["kind"],
        priority=given["priority"],
        raised_at=given["raised_at"].replace(second=0, microsecond=0),
        steps=form.steps(),
    )
    calendars = CalendarVersion.objects.select_related("calendar").in_bulk([one.calendar_version for one in found])
    return [_shown(one, calendars[one.calendar_version]) for one in found]


def _shown(simulated, calendar):
    zone = ZoneInfo(calendar.zone)
    days = simulating.days_of(simulated, zone)
    rows = [
        {
            "day": day,
            "seconds": seconds,
            "pieces": [{"x": start, "width": end - start, "start": start, "end": end} for start, end in pieces],
        }
        for day, pieces, seconds in days
    ]
    return {"clock": simulated, "calendar": calendar, "days": rows, "is_cut": len(days) == simulating.DAYS_DRAWN}
