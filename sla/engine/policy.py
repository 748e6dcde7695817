"""What a clock is told: the rules of its metric, and the situation of its ticket."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Phase(enum.StrEnum):
    """What the ticket's state asks of the clock, the team left aside."""

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"
    CANCEL = "cancel"

    @property
    def is_open(self) -> bool:
        return self in (Phase.RUN, Phase.PAUSE)


class Retarget(enum.StrEnum):
    """How a change of target or calendar is judged."""

    RETROACTIVE = "retroactive"  # the whole cycle anew, pauses kept
    CARRY = "carry"  # seconds counted stay; the new calendar counts from the change on
    RESTART = "restart"  # the cycle ends, a new one starts at 0


class Reopen(enum.StrEnum):
    """What the stopped span means when a stopped ticket is opened again."""

    RESUME = "resume"  # it does not count
    CONTINUOUS = "continuous"  # it counts as running, judged from the reopening on
    RESTART = "restart"  # a new cycle
    FINAL = "final"  # nothing: the clock stays stopped


class Mark(NamedTuple):
    """A threshold: a percentage of the target, moved by so many business seconds (negative: before it)."""

    pct: int
    offset: int = 0

    def quota(self, target: int) -> int:
        """S6: the seconds at which it is crossed, rounded up; never below zero."""
        return max(0, -(-target * self.pct // 100) + self.offset)

    def plain(self) -> int | list[int]:
        """Its JSON form: most marks are a bare percentage."""
        return [self.pct, self.offset] if self.offset else self.pct


BREACH = Mark(100)


def marks_of(plain: Iterable[int | Iterable[int]]) -> tuple[Mark, ...]:
    """Marks from their JSON forms, in the order given."""
    return tuple(Mark(mark) if isinstance(mark, int) else Mark(*mark) for mark in plain)


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """The rules of a metric that its clock needs; everything about the ticket comes as situations.

    ``thresholds`` are marks, or bare percentages of the target; ``BREACH`` is 100 %.
    ``per_assignment`` gives each assignment of the metric's team its own cycle; otherwise a team metric
    is paused while another team holds the ticket.
    """

    thresholds: tuple[Mark, ...] = marks_of((50, 75, 90, 100))
    on_retarget: Retarget = Retarget.RETROACTIVE
    on_reopen: Reopen = Reopen.RESUME
    per_assignment: bool = False

    def __post_init__(self) -> None:
        marks = marks_of(self.thresholds)
        if any(mark.pct <= 0 for mark in marks):
            raise ValueError("a threshold is a positive percentage of the target")
        object.__setattr__(self, "thresholds", tuple(sorted(set(marks))))


@dataclass(frozen=True, slots=True)
class Situation:
    """The ticket as one metric sees it after one event. A clock compares it with the situation before and
    derives pause, resume, stop, reopening and re-target by itself.

    ``target``    seconds of business time, or None: not applicable
    ``calendar``  key of the calendar in force
    ``held``      the metric's team holds the ticket (always true for a metric without a team)
    ``mode``      how a difference in target or calendar is judged; None: the metric's own mode
    ``stops``     the event itself stops the metric, whatever the state (a first response)
    """

    phase: Phase
    target: int | None
    calendar: str
    held: bool = True
    mode: Retarget | None = None
    stops: bool = False
