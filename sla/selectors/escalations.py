"""The escalation log: what was done at each threshold, who was told, how, and who answered."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from core import clock as wall
from events.models import Event
from sla.models import Escalation, EscalationPolicy
from tickets.models import Ticket

PAGE = 50
RECENT = timedelta(days=7)
State = Escalation.State
# What the log can be narrowed to, by the state of its lines.
FILTERS = {
    "waiting": Q(acknowledge_by__isnull=False),
    "passed_on": Q(state__in=(State.PASSED_ON, State.EMPTY)),
    "not_possible": Q(state=State.NOT_POSSIBLE),
}


@dataclass(frozen=True)
class Line:
    """A line of the log, with how its person was reached: `bell` and `mail` are "", or what became of them."""

    escalation: Escalation
    bell: str
    mail: str
    may_answer: bool


def log_for(user):
    """Lines on tickets whose internal side `user` reads, newest first."""
    tickets = Ticket.objects.visible_to(user)
    if not user.sees_everything:
        tickets = tickets.filter(organisation__in=user.served_organisation_ids)
    return _ready(Escalation.objects.filter(firing__clock__ticket__in=tickets.values("pk")))


def narrowed(log, *, state="", team=None, since=None, until=None):
    """The log by state (a key of FILTERS), the ticket's team, and the instants [since, until)."""
    if state in FILTERS:
        log = log.filter(FILTERS[state])
    if team is not None:
        log = log.filter(firing__clock__ticket__team=team)
    if since is not None:
        log = log.filter(at__gte=since)
    return log.filter(at__lt=until) if until is not None else log


def page_of(log, *, before=None) -> tuple[list[Escalation], int | None]:
    """(rows, key of the next page or None): a page of the log that lies before the line `before`."""
    rows = list((log.filter(pk__lt=before) if before else log)[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def lines_of(escalations, user=None) -> list[Line]:
    """The lines with how their people were reached, and what waits for `user`'s answer; two queries however many."""
    events = {row.event_id for row in escalations if row.event_id}
    # The outbox and the bell belong to an app above this one: they are reached from the event that they tell of.
    mail_model = Event._meta.get_field("mails").related_model
    bell_model = Event._meta.get_field("notifications").related_model
    mails = {
        (event, person): str(mail_model.State(state).label)
        for event, person, state in mail_model.objects.filter(event__in=events).values_list("event", "user", "state")
    }
    bells = {
        (event, person): read_at
        for event, person, read_at in bell_model.objects.filter(event__in=events).values_list(
            "event", "user", "read_at"
        )
    }
    return [_line(row, (row.event_id, row.person_id), bells, mails, user) for row in escalations]


def waiting_for(user):
    """What waits for a person's answer, the most urgent first."""
    return _ready(Escalation.objects.filter(person=user, acknowledge_by__isnull=False)).order_by("acknowledge_by", "pk")


def recent_of(user):
    """What a person was told lately."""
    since = wall.now() - RECENT
    return _ready(Escalation.objects.filter(person=user, acknowledge_by=None, at__gte=since))[:PAGE]


def of_ticket(ticket):
    """The lines of one ticket, in the order they happened."""
    return _ready(Escalation.objects.filter(firing__clock__ticket=ticket.pk)).order_by("pk")


def policies():
    return EscalationPolicy.objects.prefetch_related("steps__team", "steps__roster", "agreement_versions__agreement")


def _line(row, key, bells, mails, user):
    bell = ""
    if key in bells:
        bell = "read" if bells[key] else "unread"
    return Line(row, bell, mails.get(key, ""), user is not None and row.can_be_acknowledged and row.person == user)


def _ready(rows):
    rows = rows.select_related("firing__clock__ticket", "person", "team", "acknowledged_by")
    return rows.order_by("-pk")
