"""What happened around a problem, in one line of time: its tickets, alerts, changes, the outages they brought."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from changes.models import CausedIncident, Change
from cmdb.models import Outage
from problems.selectors.links import changes_of, incidents_of
from tickets.models import TicketLink
from tickets.vocabulary import Channel

MOST = 200


@dataclass(frozen=True)
class Happening:
    """One point in time. `ticket` is what it is read from, None where the reader does not see one."""

    at: datetime
    text: str
    icon: str
    tone: str
    ticket: object = None


def happenings(problem, user) -> list[Happening]:
    """The latest MOST of what the reader may see, oldest first, in four queries."""
    incidents = list(incidents_of(problem, user)[:MOST])
    linked = [ticket.pk for ticket in changes_of(problem, user)[:MOST]]
    confirmed = CausedIncident.objects.confirmed().filter(incident__in=[ticket.pk for ticket in incidents])
    causes = TicketLink.objects.filter(
        kind=TicketLink.Kind.CAUSED_BY, source__in=[problem.pk, *(ticket.pk for ticket in incidents)]
    )
    named = Q(pk__in=linked) | Q(pk__in=confirmed.values("change")) | Q(pk__in=causes.values("target"))
    changes = Change.objects.visible_to(user).filter(named)[:MOST]
    told = [Happening(problem.created_at, _("The problem was written down"), "bug", "indigo", problem)]
    for ticket in incidents:
        told.append(_reported(ticket))
        if ticket.resolved_at:
            words = _("Resolved: %(title)s") % {"title": ticket.title}
            told.append(Happening(ticket.resolved_at, words, "check", "green", ticket))
    for change in changes:
        for at, words in (
            (change.actual_start, _("Work began: %(title)s")),
            (change.actual_end, _("Work ended: %(title)s")),
        ):
            if at:
                told.append(Happening(at, words % {"title": change.title}, "tool", "blue", change))
    told += _outages(problem, user, {ticket.number: ticket for ticket in incidents})
    return sorted(told, key=lambda one: one.at)[-MOST:]


def _reported(ticket):
    """An incident as it came: what monitoring raised is an alert, and says so."""
    if ticket.channel == Channel.MONITORING:
        words = _("An alert: %(title)s") % {"title": ticket.title}
        return Happening(ticket.created_at, words, "bell-ringing", "yellow", ticket)
    return Happening(ticket.created_at, ticket.title, "alert-circle", "red", ticket)


def _outages(problem, user, by_number):
    brought = Outage.objects.visible_to(user).filter(cause__in=[*by_number, problem.number]).select_related("service")
    for outage in brought[:MOST]:
        words = {"service": outage.service.name}
        broken = _("%(service)s did not work") if outage.is_full else _("%(service)s worked badly")
        yield Happening(outage.from_at, broken % words, "cloud-off", "orange", by_number.get(outage.cause))
        if outage.until_at:
            yield Happening(outage.until_at, _("%(service)s worked again") % words, "cloud", "green",
                            by_number.get(outage.cause))  # fmt: skip
