"""What a clock remembers, and what it reports. Instants are epoch seconds, durations business seconds."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sla.engine.policy import Mark, Phase, Retarget, marks_of

BEGINNING = -(2**62)  # before every event


class Stage(enum.StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in (Stage.RUNNING, Stage.PAUSED)


class Outcome(enum.StrEnum):
    OPEN = "open"
    OPEN_BREACHED = "open_breached"
    MET = "met"
    BREACHED = "breached"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Piece:
    """A closed span [start, end) in which the metric ran, counted by one calendar."""

    start: int
    end: int
    calendar: str
    seconds: int


class ClockState(NamedTuple):
    """All a clock has to remember between two events.

    ``at``          the last event; ``sealed_at``: events at or before it come too late (a threshold has
                    already been judged there) and need a rebuild from the ledger
    ``phase/held``  the situation last told
    ``since``       start of the present span, running, paused or stopped
    ``base_elapsed`` the sum of ``pieces``; add the open span's seconds to get elapsed
    ``idle``        spans while stopped in which the metric's team held the ticket; ``idle_since`` opens one
    ``settled``     False while the revision has not yet lived a second: nothing fires, nothing is re-armed
    ``fired``       thresholds fired and not re-armed
    ``due_at``      the deadline to show; ``next_at`` / ``next_mark``: what to poll
    """

    at: int = BEGINNING
    sealed_at: int = BEGINNING
    phase: Phase = Phase.PAUSE
    held: bool = False
    stage: Stage = Stage.NOT_STARTED
    cycle: int = 0
    revision: int = 0
    cycle_start: int | None = None
    revision_start: int | None = None
    settled: bool = True
    target: int | None = None
    calendar: str = ""
    since: int | None = None
    base_elapsed: int = 0
    pieces: tuple[Piece, ...] = ()
    idle: tuple[tuple[int, int], ...] = ()
    idle_since: int | None = None
    fired: tuple[Mark, ...] = ()
    due_at: int | None = None
    breached: bool = False
    outcome: Outcome | None = None
    next_at: int | None = None
    next_mark: Mark | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, for a row: only what differs from a clock that has not lived yet, since most does not."""
        plain = {name: value for name, value in zip(self._fields, self, strict=True) if value != _UNLIVED[name]}
        for name, write in _WRITTEN.items():
            if name in plain:
                plain[name] = write(plain[name])
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> "ClockState":
        """The state that as_dict() described."""
        read = dict(plain)
        for name, of_plain in _READ.items():
            if (value := read.get(name)) is not None:
                read[name] = of_plain(value)
        return cls(**read)


_UNLIVED = ClockState._field_defaults
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "pieces": lambda pieces: [[p.start, p.end, p.calendar, p.seconds] for p in pieces],
    "idle": lambda spans: [list(span) for span in spans],
    "fired": lambda marks: [mark.plain() for mark in marks],
    "next_mark": Mark.plain,
}
_READ: dict[str, Callable[[Any], Any]] = {
    "phase": Phase,
    "stage": Stage,
    "outcome": Outcome,
    "pieces": lambda pieces: tuple(Piece(*piece) for piece in pieces),
    "idle": lambda spans: tuple((start, end) for start, end in spans),
    "fired": marks_of,
    "next_mark": lambda plain: marks_of([plain])[0],
}


@dataclass(frozen=True, slots=True)
class View:
    """A clock read at one instant. ``remaining`` may be negative; None means not applicable."""

    at: int
    stage: Stage
    cycle: int
    elapsed: int
    target: int | None
    remaining: int | None
    due_at: int | None
    breached: bool
    outcome: Outcome | None


# -- facts: what happened, in order, for the append-only account


@dataclass(frozen=True, slots=True)
class CycleOpened:
    cycle: int
    at: int


@dataclass(frozen=True, slots=True)
class RevisionOpened:
    """The judgement in force from `at` on. ``mode`` is None for the first revision of a cycle."""

    cycle: int
    revision: int
    at: int
    target: int | None
    calendar: str
    mode: Retarget | None


@dataclass(frozen=True, slots=True)
class SpanClosed:
    """A span of the cycle came to its end; ``seconds`` counted in it by ``calendar`` (0 unless running)."""

    cycle: int
    stage: Stage
    start: int
    end: int
    calendar: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The cycle's running spans, counted anew by another calendar or widened by a continuous reopening:
    these pieces supersede every running SpanClosed of the cycle so far."""

    cycle: int
    at: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Fired:
    """A threshold fired. ``due_at`` is its crossing; ``fire_at`` is later only where a revision found it
    already crossed (``backlog``). Exactly the facts with ``notify`` are told to anybody."""

    cycle: int
    revision: int
    mark: Mark
    due_at: int
    fire_at: int
    notify: bool
    backlog: bool


@dataclass(frozen=True, slots=True)
class CycleClosed:
    """The cycle stopped. A reopening may open it again; its next CycleClosed then supersedes this one."""

    cycle: int
    start: int
    end: int
    elapsed: int
    target: int | None
    outcome: Outcome
    revisions: int


@dataclass(frozen=True, slots=True)
class CycleReopened:
    cycle: int
    at: int


Fact = CycleOpened | RevisionOpened | SpanClosed | Rejudged | Fired | CycleClosed | CycleReopened
