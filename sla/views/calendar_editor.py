"""The editor of a calendar: import, rehearse, publish. One form, which works without script."""

import hashlib
import json
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.service_form import add_refusal
from core import clock, time_zones
from core.access import desk_view
from core.errors import InvalidInput
from sla import access
from sla.forms.calendar import CalendarEditor
from sla.models import Calendar
from sla.selectors import hours
from sla.services import calendars, importing, rehearsing, replaying
from tickets.models import Ticket

USUAL_DAY = [["09:00", "18:00"]]
MOVED_SHOWN = 50
DAYS_TRIED = 90


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def edit_calendar(request, pk=None):
    """Write a calendar (no pk: a new one). `act` says what to do with what was typed: import_official, import_file,
    check, try (it on past months) or publish. A change is published once it was checked exactly as it stands."""
    calendar = get_object_or_404(Calendar, pk=pk) if pk else None
    if not access.manages(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, calendar, CalendarEditor(initial=_initial(calendar)))
    editor = CalendarEditor(request.POST, request.FILES)
    if not editor.is_valid():
        return _page(request, calendar, editor, status=422)
    act = request.POST.get("act")
    try:
        if act in ("import_official", "import_file"):
            return _import(request, calendar, editor, act)
        if act == "try" and calendar is not None:
            return _try(request, calendar, editor)
        if act == "publish" and (calendar is None or request.POST.get("checked") == _fingerprint(editor)):
            return _publish(request, calendar, editor)
        return _page(request, calendar, editor, **_checked(request, calendar, editor))
    except InvalidInput as refusal:
        add_refusal(editor.form, refusal)
        return _page(request, calendar, editor, status=422, is_idle="is_confirmed" in refusal.fields)


def _import(request, calendar, editor, act):
    """Show the form with the found days taken over, and which of them are new or other than before."""
    weekly, data = editor.content["weekly"], editor.form.cleaned_data
    working_day = next((weekly[day] for day in sorted(weekly)), USUAL_DAY)
    years = editor.form.years
    if not years:
        raise InvalidInput({"first_year": [_("Choose the years.")]})
    if act == "import_official":
        found = importing.official_days(data["country"], years, working_day)
    elif data["file"] is None:
        raise InvalidInput({"file": [_("Choose a file.")]})
    else:
        found = importing.days_from_ics(data["file"].read(), years, working_day)
    before, labels = editor.content["exceptions"], found.labels
    changes = [
        {"on": day, "before": _words(before.get(day)), "after": _words(new), "label": labels.get(day, "")}
        for day, new in found.exceptions.items()
        if before.get(day) != new
    ]
    context = {"changes": changes, "is_import": True, "found": found}
    return _page(request, calendar, editor.with_days(found), **context)


def _words(intervals):
    if intervals is None:
        return _("as in the week")
    return hours.hours_in_words(intervals) or _("holiday")


def _publish(request, calendar, editor):
    version = calendars.save_and_publish(
        calendar,
        names=editor.names,
        content=editor.content,
        note=editor.form.cleaned_data["note"],
        mode=editor.form.cleaned_data["mode"],
        is_confirmed=editor.form.cleaned_data["is_confirmed"],
        actor=request.user,
    )
    messages.success(request, _("Version %(number)s is in force.") % {"number": version.number})
    return redirect("sla:calendar", version.calendar_id)


def _try(request, calendar, editor):
    """Play past months by what was typed; the typed text stays in its own tab."""
    content = {name: editor.content[name] for name in ("zone", "weekly", "exceptions")}
    calendars.compiled_from(**content)
    until = clock.now()
    since = until - timedelta(days=DAYS_TRIED)
    run = replaying.replay_calendar(calendar, content, since=since, until=until, actor=request.user)
    return redirect("sla:replay", run.pk)


def _checked(request, calendar, editor) -> dict:
    """What publishing would do, for the page."""
    content = editor.content
    compiled = calendars.compiled_from(content["zone"], content["weekly"], content["exceptions"])
    is_idle = calendars.is_idle(compiled, clock.now())
    if calendar is None:
        return {"is_idle": is_idle, "fingerprint": _fingerprint(editor)}
    rehearsal = rehearsing.rehearse(calendar, compiled, editor.form.cleaned_data["mode"])
    moved = rehearsal.moved[:MOVED_SHOWN]
    seen = Ticket.objects.visible_to(request.user).filter(pk__in={move.clock.ticket_id for move in moved})
    visible = set(seen.values_list("pk", flat=True))
    return {
        "rehearsal": rehearsal,
        "moved": [move for move in moved if move.clock.ticket_id in visible],
        "is_idle": is_idle,
        "fingerprint": _fingerprint(editor),
    }


def _fingerprint(editor) -> str:
    told = [editor.content, editor.form.cleaned_data["mode"]]
    return hashlib.sha256(json.dumps(told, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def _initial(calendar) -> dict:
    year = clock.now().year
    defaults = {"country": "CN", "first_year": year, "last_year": year + 1}
    if calendar is None:
        week = {str(day): USUAL_DAY for day in range(1, 6)}
        return defaults | {"zone": "Asia/Shanghai", "weekly": week}
    names = {name: getattr(calendar, name) for name in ("name_zh", "name_en", "slug", "organisation")}
    version = calendar.current()
    kept = ("zone", "weekly", "exceptions", "labels", "valid_through")
    return defaults | names | ({name: getattr(version, name) for name in kept} if version else {})


def _page(request, calendar, editor, *, status=200, **context):
    context |= {
        "calendar": calendar,
        "form": editor.form,
        "rows": editor.rows,
        "zones": time_zones.zone_names(),
    }
    return render(request, "sla/calendars/edit.html", context, status=status)
