"""The clock itself: one `apply`, used by the replay and by the database clocks alike.

The rule numbers (S1 to S16) are those of the specification in docs/sla.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.business_time import BusinessCalendar
from sla.engine.account import Account
from sla.engine.policy import ClockPolicy, Situation
from sla.engine.state import ClockState, Fact, Outcome, View
from sla.engine.turn import Turn


class OutOfOrder(Exception):
    """An event at an instant that has already been judged: rebuild the clock from the ledger."""


@dataclass(frozen=True)
class Engine:
    """The rules of one metric with the calendars it may use (by key). Pure and shareable."""

    policy: ClockPolicy
    calendars: Mapping[str, BusinessCalendar]

    def apply(
        self, state: ClockState | None, at: int, situations: Iterable[Situation]
    ) -> tuple[ClockState, list[Fact]]:
        """Take the situations that follow one another at one instant, in order.

        Whatever crossed before `at` fires first (with its nominal times). What crosses exactly at `at`
        stays pending, so the events of one instant may come in one call or in several: the result is the
        same (S7). Raises OutOfOrder for an instant already judged.
        """
        turn = Turn(self.policy, self.calendars, state or ClockState())
        if at < turn.state.at or at <= turn.state.sealed_at:
            raise OutOfOrder(f"event at {at}, clock judged up to {max(turn.state.at, turn.state.sealed_at)}")
        turn.fire_before(at)
        for situation in situations:
            turn.take(at, situation)
        turn.change(at=at)
        return turn.finish()

    def advance(self, state: ClockState, until: int) -> tuple[ClockState, list[Fact]]:
        """Fire what crossed strictly before `until`. Ticking more often changes nothing but lateness."""
        turn = Turn(self.policy, self.calendars, state)
        turn.fire_before(until)
        return turn.poll()

    def view(self, state: ClockState, at: int) -> View:
        """The clock read at `at`, which may not lie before its last event. Whether a crossing has been
        fired by a sweep makes no difference to what is shown."""
        account = Account(state, self.calendars)
        elapsed = account.elapsed(max(at, state.at)) if state.cycle else 0
        breached, outcome = state.breached, state.outcome
        if state.stage.is_open:
            breached = state.due_at is not None and state.due_at <= at
            outcome = Outcome.OPEN_BREACHED if breached else Outcome.OPEN
            if state.target is None:
                outcome = Outcome.NOT_APPLICABLE
        return View(
            at=at,
            stage=state.stage,
            cycle=state.cycle,
            elapsed=elapsed,
            target=state.target,
            remaining=None if state.target is None else state.target - elapsed,
            due_at=state.due_at,
            breached=breached,
            outcome=outcome,
        )
