"""Which clocks count by a calendar, and by which of its versions."""

from django.db.models import BooleanField, Exists, F, Func, JSONField, OuterRef, Subquery, Value

from sla.engine import Stage
from sla.models import CalendarVersion, Clock, Terms

OPEN = (Stage.RUNNING.value, Stage.PAUSED.value)


def open_clocks(calendar):
    """Open clocks that count by any version of the calendar."""
    return Clock.objects.filter(terms__in=_terms_naming(calendar.versions.values_list("pk", flat=True)), stage__in=OPEN)


def outdated_terms(calendar) -> list[int]:
    """Ids of the terms of open clocks that name an older version of the calendar: a few, however many clocks."""
    versions = list(calendar.versions.order_by("-number").values_list("pk", flat=True))
    return _terms_naming(versions[1:])


def outdated_clocks(calendar):
    """Open clocks that still count by an older version of the calendar."""
    return Clock.objects.filter(terms__in=outdated_terms(calendar), stage__in=OPEN)


def brought_up(calendar, terms, *, to=None) -> dict:
    """The terms with every version of the calendar replaced by the one in force, or by the key `to`."""
    versions = list(calendar.versions.order_by("-number").values_list("pk", flat=True))
    to = versions[0] if to is None else to
    calendars = {priority: to if key in versions else key for priority, key in terms["calendars"].items()}
    return {**terms, "calendars": calendars}


def in_force(terms) -> dict:
    """The terms with every calendar version replaced by its calendar's version in force."""
    named = CalendarVersion.objects.filter(pk__in=terms["calendars"].values())
    latest = CalendarVersion.objects.filter(calendar=OuterRef("calendar")).order_by("-number").values("pk")[:1]
    newest = dict(named.values_list("pk", Subquery(latest)))
    return {**terms, "calendars": {priority: newest[key] for priority, key in terms["calendars"].items()}}


def _terms_naming(version_ids) -> list[int]:
    names_one = Func(
        F("content"),
        Value("$.calendars.* ? (@ == $wanted[*])"),
        Value({"wanted": list(version_ids)}, JSONField()),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
    used = Terms.objects.filter(Exists(Clock.objects.filter(terms=OuterRef("pk"), stage__in=OPEN)))
    return list(used.filter(names_one).values_list("pk", flat=True))
