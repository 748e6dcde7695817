"""The workflow engine: a life cycle is a readable table of states and transitions.

From one table come the portal's buttons and dialogs, the API's `transitions`, the accepted fields (and no
others), what the SLA clocks do, the diagram in docs/workflows/ and the property test that walks it at random.
Breach, priority and "major" are facts beside the state, never states.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, NotAllowed, Refused


class Clock(StrEnum):
    """What a clock does in a state, unless an agreement says otherwise for its pending reason."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class State:
    """One state. `tone` is presentation (a Tabler colour name); `plain` is the word end users read.

    `beside` is the key of the state of the usual way that this one interrupts (pending: in_progress). `waits_for`
    names who has it when the desk has not ("requester", "approvers"): no work queue offers it meanwhile.
    """

    key: str
    label: str
    clock: Clock
    tone: str = "secondary"
    plain: str = ""
    is_final: bool = False
    beside: str = ""
    waits_for: str = ""

    @property
    def is_open(self) -> bool:
        """Work is owed still."""
        return not self.is_final and self.clock != Clock.STOPPED

    @property
    def is_settled(self) -> bool:
        """Done, and waiting for the requester to confirm."""
        return not self.is_final and self.clock == Clock.STOPPED

    def __str__(self):
        return self.key


@dataclass(frozen=True)
class Field:
    """One input of a transition. `kind`: text | choice | team | person | datetime | ticket | service."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    choices: tuple = ()
    help: str = ""
    max_length: int = 10_000


def _anybody(user, ticket) -> bool:
    return True


@dataclass(frozen=True)
class Transition:
    """One arrow of the table.

    `done` is the past participle of its event (`incident.<done>`). `allowed(user, ticket)` says who may take it;
    `guard(ticket)` returns a refusal message when the situation forbids it, else None.
    `effect(ticket, values, actor=, at=)` writes the ticket's fields in memory and may return data for the event.
    `is_system` transitions are taken by the system (resume, auto-close) and never shown as a button.
    """

    name: str
    label: str
    sources: tuple[State, ...]
    target: State
    done: str
    fields: tuple[Field, ...] = ()
    allowed: Callable = _anybody
    guard: Callable | None = None
    effect: Callable | None = None
    tone: str = "primary"
    icon: str = ""
    is_system: bool = False

    def field(self, name):
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True)
class Workflow:
    """`way` are the states of the usual way in order; `usual` names by state key the transition that comes next."""

    kind: str
    initial: State
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    way: tuple[State, ...] = ()
    usual: dict[str, str] = field(default_factory=dict)
    _by_key: dict = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self):
        self._by_key.update({state.key: state for state in self.states})
        for transition in self.transitions:
            unknown = [s.key for s in (*transition.sources, transition.target) if s.key not in self._by_key]
            if unknown:
                raise ValueError(f"{self.kind}.{transition.name} names unknown states: {unknown}")

    def state(self, key) -> State:
        return self._by_key[key]

    def progress(self, key, without=()) -> list[tuple[State, str]]:
        """(state, "done" | "here" | "") along the usual way, for a ticket in state `key`.

        `without` names states that this ticket does not pass; where it stands is always told. What interrupts stands in
        the place of what it interrupts; who left the way altogether sees where it ended.
        """
        here = self.state(key)
        if here not in self.way and not here.beside:
            return [(self.initial, "done"), (here, "here")]
        way = [here if state.key == here.beside else state for state in self.way]
        way = [state for state in way if state is here or state.key not in without]
        at = way.index(here)
        return [(state, "done" if index < at else "here" if index == at else "") for index, state in enumerate(way)]

    def choices(self):
        return [(state.key, state.label) for state in self.states]

    def keys(self, *clocks) -> list[str]:
        """State keys whose clock is one of `clocks` (all states without an argument)."""
        return [s.key for s in self.states if not clocks or s.clock in clocks]

    def find(self, name) -> Transition | None:
        return next((transition for transition in self.transitions if transition.name == name), None)

    def get(self, name) -> Transition:
        if (transition := self.find(name)) is not None:
            return transition
        raise InvalidInput({"transition": [_("Unknown action “%(name)s”.") % {"name": str(name)[:60]}]})

    def available(self, user, ticket) -> list[Transition]:
        """Transitions that `user` may take from where `ticket` stands, in table order."""
        return [
            t
            for t in self.transitions
            if not t.is_system
            and any(s.key == ticket.state for s in t.sources)
            and t.allowed(user, ticket)
            and not (t.guard and t.guard(ticket))
        ]

    def check(self, name, user, ticket, values) -> Transition:
        """The transition, if it is legal here, allowed to `user` and filled in with its own fields only.

        Raises InvalidInput (unknown name, missing or foreign fields), NotAllowed or Refused.
        """
        transition = self.get(name)
        if not any(s.key == ticket.state for s in transition.sources):
            raise Refused(
                _("“%(action)s” is not possible while the ticket is “%(state)s”.")
                % {"action": transition.label, "state": self.state(ticket.state).label}
            )
        # No person is the system itself: sweeps, replies that resume, parents that resolve their children.
        if user is not None and (transition.is_system or not transition.allowed(user, ticket)):
            raise NotAllowed()
        if transition.guard and (reason := transition.guard(ticket)):
            raise Refused(reason)
        self._check_fields(transition, values)
        return transition

    def _check_fields(self, transition, values):
        problems = {}
        for name in values:
            if transition.field(name) is None:
                problems[name] = [_("This action does not take this field.")]
        for wanted in transition.fields:
            value = values.get(wanted.name)
            empty = value is None or (isinstance(value, str) and not value.strip())
            if wanted.required and empty:
                problems[wanted.name] = [_("This field is required.")]
            elif isinstance(value, str) and len(value) > wanted.max_length:
                problems[wanted.name] = [
                    _("At most %(limit)s characters; this has %(length)s.")
                    % {"limit": wanted.max_length, "length": len(value)}
                ]
            elif wanted.choices and not empty and value not in dict(wanted.choices):
                problems[wanted.name] = [_("Choose one of the listed values.")]
        if problems:
            raise InvalidInput(problems)

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, for docs/workflows/. A beginning without a key is just the dot."""
        lines = ["stateDiagram-v2"]
        if self.initial.key:
            lines.append(f"    [*] --> {self.initial.key}")
        for t in self.transitions:
            lines += [f"    {s.key or '[*]'} --> {t.target.key}: {t.name}" for s in t.sources]
        lines += [f"    {s.key} --> [*]" for s in self.states if s.is_final]
        return "\n".join(lines) + "\n"
