"""Arithmetic over a clock's account: seconds counted, crossings, deadlines, the next threshold."""

from collections.abc import Mapping
from functools import lru_cache

from core.business_time import BusinessCalendar
from sla.engine.policy import Mark
from sla.engine.state import ClockState, Stage


@lru_cache(maxsize=4096)
def by_quota(thresholds: tuple[Mark, ...], target: int | None) -> tuple[tuple[int, Mark], ...]:
    """(quota, mark) of every threshold, in the order of their crossings; empty without a target. A few thresholds and
    targets serve all clocks."""
    return () if target is None else tuple(sorted((mark.quota(target), mark) for mark in thresholds))


class Account:
    """A read-only calculator over one state. Nothing here depends on the present time."""

    def __init__(self, state: ClockState, calendars: Mapping[str, BusinessCalendar]) -> None:
        self.state = state
        self.calendars = calendars

    def elapsed(self, at: int) -> int:
        """Business seconds counted in [cycle start, at), for an instant not before the last event."""
        state = self.state
        if state.stage is not Stage.RUNNING:
            return state.base_elapsed
        return state.base_elapsed + self.calendars[state.calendar].elapsed_seconds(state.since, at)

    def crossing(self, quota: int) -> int | None:
        """S5: the earliest instant at which `quota` seconds are counted, if the present span goes on for
        ever; None when that never comes (paused, or no working time left)."""
        state = self.state
        if quota <= 0:
            return state.cycle_start
        if quota > state.base_elapsed:
            if state.stage is not Stage.RUNNING:
                return None
            return self.calendars[state.calendar].add_seconds(state.since, quota - state.base_elapsed)
        counted = state.base_elapsed
        for piece in reversed(state.pieces):
            counted -= piece.seconds
            if quota > counted:
                return self.calendars[piece.calendar].add_seconds(piece.start, quota - counted)
        raise AssertionError("the pieces of an account always add up to its base")

    def deadline(self) -> int | None:
        """Where the target is used up; null while paused before it (S9) or not applicable."""
        return None if self.state.target is None else self.crossing(self.state.target)

    def deadline_at_stop(self, at: int) -> int | None:
        """S9: the deadline of a clock whose last span was closed at `at`, as it stood just before: null when
        still ahead and the clock did not run in the second before."""
        state = self.state
        if state.target is None or state.target <= state.base_elapsed:
            return self.deadline()
        if not state.pieces or state.pieces[-1].end != at:
            return None
        return self.calendars[state.calendar].add_seconds(at, state.target - state.base_elapsed)

    def crossed_by(self, at: int, thresholds: tuple[Mark, ...]) -> list[Mark]:
        """The thresholds whose quota is counted by `at`, in the order of their crossings."""
        counted = self.elapsed(at)
        return [mark for quota, mark in by_quota(thresholds, self.state.target) if quota <= counted]

    def upcoming(self, thresholds: tuple[Mark, ...]) -> tuple[int | None, Mark | None]:
        """(instant, mark) of the next threshold to fire; (None, None) when there is none to wait
        for. In a revision that found several crossed, the highest stands for them all."""
        state = self.state
        if not state.stage.is_open or state.target is None:
            return None, None
        done = list(state.fired)
        if not state.settled:
            done = self.crossed_by(state.revision_start, thresholds)
            if any(mark not in state.fired for mark in done):
                return state.revision_start, done[-1]
        for quota, mark in by_quota(thresholds, state.target):
            if mark not in done:
                crossing = self.crossing(quota)
                return (None, None) if crossing is None else (crossing, mark)
        return None, None
