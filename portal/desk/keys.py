"""The keys of the desk: what each does, and which other one a person chose for it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput
from tickets.models import KeyChoice


@dataclass(frozen=True)
class Key:
    """`usual` is the key as built in, and the name of the act in pages and scripts; `own` what the person presses."""

    usual: str
    label: str
    own: str


LABELS = {
    "j": _("Next row"),
    "k": _("Previous row"),
    "x": _("Tick the row"),
    "[": _("Previous ticket"),
    "]": _("Next ticket"),
    "c": _("New ticket"),
    "/": _("Filter tickets"),
    "u": _("Undo the last act"),
    "?": _("This list"),
    "i": _("Take it"),
    "a": _("Assign to a person"),
    "g": _("Assign to a team"),
    "1": _("Priority P1"),
    "2": _("Priority P2"),
    "3": _("Priority P3"),
    "4": _("Priority P4"),
    "s": _("Change the state"),
    "e": _("Escalate"),
    "z": _("Put on hold"),
    "m": _("Run a macro"),
    "l": _("Link"),
    "w": _("Follow, stop following"),
    "r": _("Reply"),
    "n": _("Internal note"),
}


@dataclass(frozen=True)
class Keys:
    """The keys of one person."""

    is_on: bool
    own: dict

    @property
    def all(self) -> list[Key]:
        return [Key(usual, label, self.own.get(usual, usual)) for usual, label in LABELS.items()]


def keys_of(user) -> Keys:
    choice = KeyChoice.objects.filter(person=user).first()
    return Keys(choice.is_on, choice.own) if choice else Keys(is_on=True, own={})


def choose(user, *, is_on, pressed):
    """Store the keys that `user` wants: `pressed` maps the usual key to their own, "" for none.

    Raises InvalidInput where a key is no single character, or does two things.
    """
    problems, used = {}, {}
    for usual in LABELS:
        key = pressed.get(usual, usual)
        if len(key) > 1 or key.isspace():
            problems[usual] = [_("One character, or nothing.")]
        elif key and key in used:
            problems[usual] = [_("“%(key)s” already stands for: %(act)s.") % {"key": key, "act": LABELS[used[key]]}]
        used.setdefault(key, usual)
    if problems:
        raise InvalidInput(problems)
    own = {usual: key for usual, key in pressed.items() if usual in LABELS and key != usual}
    KeyChoice.objects.update_or_create(person=user, defaults={"is_on": is_on, "own": own})
