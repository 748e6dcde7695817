"""What a clock is told: the rules of its metric, and the situation of its ticket."""

import enum
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """The rules of a metric that its clock needs; everything about the ticket comes as situations.

    ``thresholds`` are percentages of the target, kept ascending; 100 is the breach.
    ``per_assignment`` gives each assignment of the metric's team its own cycle; otherwise a team metric
    is paused while another team holds the ticket.
    """

    thresholds: tuple[int, ...] = (50, 75, 90, 100)
    on_retarget: Retarget = Retarget.RETROACTIVE
    on_reopen: Reopen = Reopen.RESUME
    per_assignment: bool = False

    def __post_init__(self) -> None:
        if any(percent <= 0 for percent in self.thresholds):
            raise ValueError("a threshold is a positive percentage of the target")
        object.__setattr__(self, "thresholds", tuple(sorted(set(self.thresholds))))


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
