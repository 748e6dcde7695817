"""From what happens to a ticket to what one metric's clock is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sla.engine.policy import ClockPolicy, Phase, Retarget, Situation

ANY_PRIORITY = "*"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """The ticket's facts that clocks care about."""

    status: str
    priority: str
    team: str | None


@dataclass(frozen=True)
class Metric:
    """One line of an agreement: response, resolution, next update, or a team's share of it.

    ``targets``    seconds of business time by priority; a missing or empty one is not applicable
    ``calendars``  calendar key by priority, "*" for the others
    ``running``, ``stopping``, ``cancelling``  states in which the clock runs, stops, stops without a
                   judgement; in every other state it is paused
    ``stop_events``  names of events that stop the clock in any state (a first response)
    ``team``       None, or the team whose share is measured
    """

    name: str
    targets: Mapping[str, int | None]
    calendars: Mapping[str, str]
    running: frozenset[str]
    stopping: frozenset[str]
    cancelling: frozenset[str] = frozenset({"cancelled"})
    stop_events: frozenset[str] = frozenset()
    team: str | None = None
    policy: ClockPolicy = field(default_factory=ClockPolicy)

    def situation(self, ticket: TicketFacts, *, mode: Retarget | None = None, event: str | None = None) -> Situation:
        """What the metric's clock is told about the ticket as it now stands."""
        return Situation(
            phase=self.phase_in(ticket.status),
            target=self.targets.get(ticket.priority),
            calendar=self.calendars.get(ticket.priority) or self.calendars[ANY_PRIORITY],
            held=self.team is None or self.team == ticket.team,
            mode=mode,
            stops=event in self.stop_events,
        )

    def phase_in(self, status: str) -> Phase:
        if status in self.stopping:
            return Phase.CANCEL if status in self.cancelling else Phase.STOP
        return Phase.RUN if status in self.running else Phase.PAUSE

    def with_calendar(self, old: str, new: str) -> "Metric":
        """The same metric after a calendar was replaced by another."""
        switched = {priority: new if key == old else key for priority, key in self.calendars.items()}
        return replace(self, calendars=switched)
