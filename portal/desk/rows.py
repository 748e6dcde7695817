"""Queue rows: a ticket with the clock that matters next, its badges and its handover note, in fixed queries."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from sla import selectors as sla_selectors
from tickets import kinds
from tickets.models import Comment, Ticket

HANDOVER_LENGTH = 220
# What a row may print below the title, in this order; number and badges are always there.
COLUMNS = {
    "state": _("State"),
    "requester": _("Requester"),
    "service": _("Service"),
    "category": _("Category"),
    "place": _("Place"),
    "created": pgettext_lazy("column", "Created"),
}
USUAL = ("state", "requester", "service")


@dataclass(frozen=True)
class Row:
    """`chip` is the clock that is due next, or None; `handover` the note it was escalated with, where asked for.

    `has_left`: it is shown still, but belongs to the view no more.
    """

    ticket: Ticket
    chip: object = None
    handover: str = ""
    has_left: bool = False
    columns: tuple = USUAL

    @property
    def was_nudged(self) -> bool:
        return bool(self.ticket.nudged_at and self.ticket.is_open)

    @property
    def was_reopened(self) -> bool:
        return bool(self.ticket.is_open and getattr(self.ticket.typed, "reopen_count", 0))


def rows_of(tickets, *, with_handover=False, columns=USUAL) -> list[Row]:
    tickets = list(tickets)
    chips = sla_selectors.chips_for(tickets)
    notes = handover_notes([t.pk for t in tickets]) if with_handover and tickets else {}
    return [Row(t, next_chip(chips.get(t.pk, ())), notes.get(t.pk, ""), columns=columns) for t in tickets]


def ready(tickets):
    """`tickets` joined with what a row prints."""
    named = tickets.select_related(*kinds.names(), "requester__department", "service", "category", "team", "assignee")
    return named.defer(
        "description", "search_vector", "internal_vector", "incident__resolution_notes", "requester__search_keys"
    )


def next_chip(chips):
    """The clock to look at: of those still counting the nearest deadline; else one that was missed."""
    counting = [chip for chip in chips if chip.is_running or chip.state == "paused"]
    live = counting or [chip for chip in chips if chip.state == "breached"]
    return min(live, key=lambda chip: chip.due_at.timestamp() if chip.due_at else float("inf"), default=None)


def handover_notes(ids) -> dict[int, str]:
    """The internal note that each of these tickets was last escalated with, shortened."""
    escalated_at = (
        Event.objects.filter(subject_kind="ticket", subject_id=OuterRef("ticket_id"), name="incident.escalated")
        .order_by("-id")
        .values("at")[:1]
    )
    said = (
        Comment.objects.filter(ticket__in=ids, is_internal=True)
        .annotate(escalated_at=Subquery(escalated_at))
        .filter(created_at=F("escalated_at"))
        .values_list("ticket_id", "body")
    )
    return {pk: body if len(body) <= HANDOVER_LENGTH else f"{body[: HANDOVER_LENGTH - 1]}…" for pk, body in said}
