"""What the ledger knows of tickets: their facts after every event, in the order of instants."""

from bisect import bisect_right
from datetime import datetime
from typing import NamedTuple

from core.business_time import epoch_seconds
from events.models import Event

# Of several events in one second, one that changed any of these tells why a clock runs or pauses from then on.
_TELLING = ("state", "pending_reason", "team_id", "priority")


class Told(NamedTuple):
    """What the clocks of a ticket were told by one event."""

    at: datetime
    event_id: int
    facts: dict
    is_answer: bool
    comment: int | None = None  # what was said with it
    withdrawn: int | None = None  # the comment that it took back


def told_by_ticket(ticket_ids) -> dict[int, list[Told]]:
    """What was told about many tickets, by ticket id; one query however many."""
    read = ("subject_id", "at", "pk", *(f"data__{name}" for name in ("facts", "is_answer", "comment", "withdrawn")))
    found = {}
    for ticket_id, at, pk, facts, is_answer, *said in (
        events_of(ticket_ids).values_list(*read).iterator(chunk_size=5000)
    ):
        found.setdefault(ticket_id, []).append(Told(at, pk, facts, bool(is_answer), *said))
    return {ticket_id: _in_their_time(told) for ticket_id, told in found.items()}


def _in_their_time(told) -> list[Told]:
    """What was told, put straight by what came to light later: answers dated back, and answers taken back."""
    return _without_withdrawn(_without_hindsight(told))


def _without_withdrawn(told) -> list[Told]:
    """An answer that was taken back was none: until it was, nobody had answered who had not done so before."""
    withdrawn_at = {step.withdrawn: index for index, step in enumerate(told) if step.withdrawn}
    straight, until = [], -1
    for index, step in enumerate(told):
        if step.is_answer and step.comment in withdrawn_at:
            step, until = step._replace(is_answer=False), max(until, withdrawn_at[step.comment])
        if index < until:
            had = straight[-1].facts["has_responded"] if straight else False
            step = step._replace(facts={**step.facts, "has_responded": had or step.is_answer})
        straight.append(step)
    return straight


def _without_hindsight(told) -> list[Told]:
    """An answer that was dated back carries the facts of the day it was written down. At the time it is dated to,
    nothing was new but that somebody had answered."""
    earliest_after, late = float("inf"), set()
    for step in reversed(told):
        if step.event_id > earliest_after:
            late.add(step.event_id)
        earliest_after = min(earliest_after, step.event_id)
    straight = []
    for step in told:
        if step.event_id in late and straight:
            before = straight[-1].facts
            step = step._replace(facts={**before, "has_responded": before["has_responded"] or step.is_answer})
        straight.append(step)
    return straight


def _told(at, pk, data) -> Told:
    return Told(at, pk, data["facts"], bool(data.get("is_answer")), data.get("comment"), data.get("withdrawn"))


class History:
    """One ticket's events, to be asked who held it, why it waited and what happened at an instant (epoch seconds)."""

    def __init__(self, ticket_id) -> None:
        self.events = list(events_of([ticket_id]).select_related("actor"))
        self._instants = [epoch_seconds(event.at) for event in self.events]
        told = [_told(event.at, event.pk, event.data) for event in self.events]
        self._facts = [step.facts for step in _in_their_time(told)]

    def facts_at(self, instant) -> dict:
        """The facts in force in the second that begins at the instant; those of the report before it."""
        index = bisect_right(self._instants, instant) - 1
        return self._facts[max(index, 0)]

    def cause_at(self, instant) -> Event | None:
        """The event of that second that says most about it."""
        found = [event for event, at in zip(self.events, self._instants, strict=True) if at == instant]
        telling = [event for event in found if set(_TELLING) & (event.data.get("changes") or {}).keys()]
        return (telling or found or [None])[-1]

    def handovers(self, start, end) -> list[int]:
        """The instants strictly between at which another team came to hold the ticket, with the two ends around."""
        cuts = sorted({at for at in self._instants if start < at < end})
        moved = [at for at in cuts if self.facts_at(at)["team"] != self.facts_at(at - 1)["team"]]
        return [start, *moved, end]


def events_of(ticket_ids):
    """The events that told something of these tickets, in the order of instants."""
    events = Event.objects.filter(subject_kind="ticket", subject_id__in=ticket_ids, data__has_key="facts")
    return events.order_by("at", "id")
