"""The list behind every number. The conditions are shared with the counts, so that both always agree."""

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery

from changes.models import CausedIncident
from changes.selectors.figures import WENT_WELL
from changes.vocabulary import ChangeType
from core import clock
from insights.rules import DUE_SOON
from sla.models import Clock
from surveys import rules as survey_rules
from surveys.models import Survey

# The same as incidents.rules.is_first_time_fix, for resolved tickets.
FIRST_TIME_FIX = Q(incident__reassignment_count=0, incident__escalation_level=0, incident__early_reopen_count=0)
REOPENED = Q(incident__reopen_count__gt=0)
REASSIGNED = Q(incident__reassignment_count__gt=0)
OPEN = Q(is_open=True)
BREACHED = Q(is_breached=True)
UNASSIGNED = Q(assignee__isnull=True)
ANSWERED = Q(responded_at__isnull=False)
CLOSED_CHANGE = Q(state="closed")
WELL = CLOSED_CHANGE & Q(change__outcome__in=WENT_WELL)
EMERGENCY = Q(change__type=ChangeType.EMERGENCY)
SATISFIED = Q(score__gte=survey_rules.SATISFIED)
CLOCK_ENDS = ("met", "breached")

WALL_TIME = ExpressionWrapper(F("resolved_at") - F("created_at"), output_field=DurationField())
ANSWER_TIME = ExpressionWrapper(F("responded_at") - F("created_at"), output_field=DurationField())


def due_soon(now) -> Q:
    return Q(due_at__gt=now, due_at__lte=now + DUE_SOON)


def within(name, period) -> Q:
    """`name` lies in the half-open span of the period."""
    return Q(**{f"{name}__gte": period.start, f"{name}__lt": period.end})


def judged_clocks(metrics, outcomes=CLOCK_ENDS):
    """Clocks of what customers were promised that ended with a judgement; a ticket has at most one per metric."""
    return Clock.objects.filter(kind="sla", metric__in=metrics, outcome__in=outcomes)


def business_clocks():
    """Resolution clocks that have come to rest: their `base_elapsed` is business seconds without pauses."""
    return Clock.objects.filter(kind="sla", metric="resolution", stage="stopped")


def tickets_of(figure, tickets, period):
    """The tickets that `figure` counts among `tickets` in `period`, unordered, none twice."""
    return _LISTS[figure](tickets, period)


def measured(figure, tickets):
    """`tickets` with what the figure measures on each: `business_seconds` or `span`."""
    if figure == "mttr":
        seconds = business_clocks().filter(ticket=OuterRef("pk")).values("base_elapsed")
        return tickets.annotate(business_seconds=Subquery(seconds[:1]))
    if figure == "mttr_wall":
        return tickets.annotate(span=WALL_TIME)
    if figure == "mtta":
        return tickets.annotate(span=ANSWER_TIME)
    return tickets


def _now(condition):
    return lambda tickets, period: tickets.filter(OPEN, condition)


def _in(instant, *conditions):
    return lambda tickets, period: tickets.filter(within(instant, period), *conditions)


def _logged(*conditions):
    return _in("created_at", *conditions)


def _resolved(*conditions):
    return _in("resolved_at", *conditions)


def caused_by_changes() -> Q:
    """Incidents that a review confirmed as caused by a change."""
    return Q(pk__in=CausedIncident.objects.confirmed().values("incident"))


def _with_business_time(tickets, period):
    resolved = tickets.filter(within("resolved_at", period))
    return resolved.filter(pk__in=business_clocks().values("ticket"))


def _judged(metric, *outcomes):
    def tickets_with(tickets, period):
        clocks = judged_clocks([metric], outcomes).filter(within("stopped_at", period))
        return tickets.filter(pk__in=clocks.values("ticket"))

    return tickets_with


def _surveyed(instant, *conditions):
    def tickets_with(tickets, period):
        surveys = Survey.objects.filter(within(instant, period), *conditions)
        return tickets.filter(pk__in=surveys.values("ticket"))

    return tickets_with


_LISTS = {
    "open": _now(Q()),
    "breached": _now(BREACHED),
    "due": lambda tickets, period: tickets.filter(OPEN, due_soon(clock.now())),
    "unassigned": _now(UNASSIGNED),
    "created": _logged(),
    "mtta": _logged(ANSWERED),
    "resolved": _resolved(),
    "mttr": _with_business_time,
    "mttr_wall": _resolved(),
    "first_time_fix": _resolved(FIRST_TIME_FIX),
    "reopened": _resolved(REOPENED),
    "reassigned": _resolved(REASSIGNED),
    "response": _judged("response", *CLOCK_ENDS),
    "response_met": _judged("response", "met"),
    "response_missed": _judged("response", "breached"),
    "resolution": _judged("resolution", *CLOCK_ENDS),
    "resolution_met": _judged("resolution", "met"),
    "resolution_missed": _judged("resolution", "breached"),
    "answered": _surveyed("answered_at"),
    "satisfied": _surveyed("answered_at", SATISFIED),
    "asked": _surveyed("sent_at"),
    "replied": _surveyed("sent_at", Q(answered_at__isnull=False)),
    "change_success": _in("closed_at", WELL),
    "changes_closed": _in("closed_at", CLOSED_CHANGE),
    "emergencies": _in("change__actual_start", EMERGENCY),
    "changes_begun": _in("change__actual_start"),
    "change_caused": lambda tickets, period: tickets.filter(within("created_at", period), caused_by_changes()),
}

# Figures of this moment, whatever the period; figures that measure something on each ticket.
STANDING = {"open", "breached", "due", "unassigned"}
MEASURING = {"mttr", "mttr_wall", "mtta"}
# Figures whose lists hold changes; all others hold incidents.
OF_CHANGES = {"change_success", "changes_closed", "emergencies", "changes_begun"}


def kind_of(figure) -> str:
    """Which kind of tickets the list of a figure holds."""
    return "change" if figure in OF_CHANGES else "incident"
