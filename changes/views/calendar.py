"""The calendar of changes. Drawn over the table that the page carries anyway; where one is, the address says."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from changes import rules
from changes.forms.calendar import CalendarForm
from changes.selectors import calendar
from core import clock
from core.access import desk_view
from core.templatetags.presentation import tone

VIEWS = {
    "month": gettext_lazy("Month"),
    "week": gettext_lazy("Week"),
    "services": gettext_lazy("By service"),
    "teams": gettext_lazy("By team"),
}
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class Span(NamedTuple):
    """The days shown, the end not among them, and where one goes from there."""

    first: date
    end: date
    before: date
    after: date
    title: str

    @classmethod
    def around(cls, day, view):
        """The month of a day with the rest of its first and last week, or the week of a day; weeks begin on Monday."""
        monday = day - timedelta(days=day.weekday())
        if view != "month":
            week = _("Week of %(day)s") % {"day": date_format(monday, "DATE_FORMAT")}
            return cls(monday, monday + timedelta(days=7), day - timedelta(days=7), day + timedelta(days=7), week)
        first = day.replace(day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        end = after + timedelta(days=-after.weekday() % 7)
        return cls(first - timedelta(days=first.weekday()), end, before, after, date_format(first, "YEAR_MONTH_FORMAT"))


@desk_view
@require_safe
def page(request):
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "month"
    today = timezone.localdate(clock.now())
    day = _day(request.GET.get("on", ""), today)
    form = CalendarForm(request.user, request.GET)
    asked = form.asked()
    span = Span.around(day, view)
    low, high = (timezone.make_aware(datetime.combine(at, time.min)) for at in (span.first, span.end))
    found = calendar.page_of(request.user, low, high, **asked)
    context = {
        "view": view,
        "views": VIEWS.items(),
        "day": day,
        "today": today,
        "span": span,
        "form": form,
        "asked": asked,
        "found": found,
        "drawing": _drawing(found, view, day, today),
        "may_keep": rules.keeps_calendar(request.user),
    }
    return render(request, "changes/calendar/page.html", context)


def _day(typed, today):
    """The day asked for; what cannot be read, or lies beyond all plans, is today."""
    try:
        return min(max(date.fromisoformat(typed), EARLIEST), LATEST)
    except ValueError:
        return today


def _drawing(found, view, day, today) -> dict:
    """What the browser draws. Times are wall-clock times of the reader's zone, as everywhere on the page."""
    resources = _resources(found, view)
    events = [
        {
            "id": str(entry.change.pk),
            "title": f"{entry.change.number} {entry.change.title}",
            "start": _wall(entry.start),
            "end": _wall(max(entry.end, entry.start + timedelta(minutes=15))),
            "resourceIds": _rows_of(entry, view),
            "classNames": ["tone-red", "is-colliding"] if entry.open_collisions else [_tone(entry.change)],
            "extendedProps": {
                "url": reverse("changes:change", args=[entry.change.number]),
                "state": str(entry.change.state_info.label),
                "collides": _("Collides") if entry.open_collisions else "",
            },
        }
        for entry in found.entries
    ]
    events += [
        {
            "id": f"freeze-{freeze.pk}",
            "title": freeze.name,
            "start": _wall(freeze.from_at),
            "end": _wall(freeze.until_at),
            "allDay": view != "week",
            "resourceIds": [one["id"] for one in resources],
            "display": "background",
            "classNames": ["is-freeze"],
        }
        for freeze in found.freezes
    ]
    return {"view": view, "day": day.isoformat(), "today": today.isoformat(), "events": events, "resources": resources}


def _rows_of(entry, view):
    if view == "teams":
        return [str(entry.change.team_id or 0)]
    return [str(one.pk) for one in entry.services] or ["0"]


def _resources(found, view):
    """The rows of the time line: every service or team that a change of this span has to do with."""
    rows = {}
    for entry in found.entries:
        if view == "teams":
            team = entry.change.team
            rows[str(team.pk if team else 0)] = team.name if team else _("No team yet")
        elif view == "services":
            rows |= {str(one.pk): one.name for one in entry.services} or {"0": _("No service fails with it")}
    return [{"id": key, "title": title} for key, title in sorted(rows.items(), key=lambda row: (row[0] == "0", row[1]))]


def _tone(change):
    return f"tone-{tone(change.state_info.tone)}"


def _wall(at):
    return timezone.localtime(at).replace(tzinfo=None).isoformat(timespec="minutes")
