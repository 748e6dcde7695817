"""Maintenance windows and freezes are agreed, changed and taken back by the change manager."""

from django.db import transaction
from django.utils.translation import gettext as _

from changes import recurrence, rules
from changes.models.calendar import LONGEST, SHORTEST
from core import time_zones
from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from events import services as events

_WORDS = ("name_zh", "name_en", "reason", "rule")


@transaction.atomic
def keep_window(window, *, actor, items=None, classes=None, **values):
    """Store a maintenance window, new or changed; publishes `window.kept`. `items` and `classes` left out stay.

    Raises NotAllowed, InvalidInput: no name, attached to nothing, a rule that cannot be followed, an end before the
    beginning.
    """
    _refuse_others(actor)
    _write(window, values)
    problems = _named(window) | _timed(window)
    held = {name: _held(window, name, rows) for name, rows in (("items", items), ("classes", classes))}
    if not any(held.values()):
        problems["items"] = [_("Say what it holds for: items, services or classes of items.")]
    if problems:
        raise InvalidInput(problems)
    window.save()
    for name, rows in held.items():
        getattr(window, name).set(rows)
    _publish("window.kept", window, actor)
    return window


@transaction.atomic
def discard_window(window, *, actor):
    """Take a maintenance window away; publishes `window.discarded`. Raises NotAllowed."""
    _refuse_others(actor)
    _publish("window.discarded", window, actor)
    window.delete()


@transaction.atomic
def keep_freeze(freeze, *, actor, services=None, classes=None, teams=None, **values):
    """Store a freeze, new or changed; publishes `freeze.kept`. What its scope does not name is let go.

    Raises NotAllowed, InvalidInput: no name or reason, an end before the beginning, a scope that names nothing.
    """
    _refuse_others(actor)
    _write(freeze, values)
    problems = _named(freeze)
    if not freeze.reason:
        problems["reason"] = [_("Say why nothing may be changed then.")]
    if freeze.until_at <= freeze.from_at:
        problems["until_at"] = [_("It ends before it begins.")]
    given = {"services": services, "classes": classes, "teams": teams}
    held = {
        name: []
        if name != freeze.scope
        else list(getattr(freeze, name).all() if rows is None and freeze.pk else rows or ())
        for name, rows in given.items()
    }
    if freeze.scope in held and not held[freeze.scope]:
        problems[freeze.scope] = [_("Choose at least one.")]
    if problems:
        raise InvalidInput(problems)
    freeze.save()
    for name, rows in held.items():
        getattr(freeze, name).set(rows)
    _publish("freeze.kept", freeze, actor)
    return freeze


@transaction.atomic
def discard_freeze(freeze, *, actor):
    """Take a freeze back; publishes `freeze.discarded`. Raises NotAllowed."""
    _refuse_others(actor)
    _publish("freeze.discarded", freeze, actor)
    freeze.delete()


def _refuse_others(actor):
    if not (actor.is_active and rules.keeps_calendar(actor)):
        raise NotAllowed()


def _write(row, values):
    for name, value in values.items():
        setattr(row, name, clean_text(value) if name in _WORDS else value)


def _held(row, name, given) -> list:
    """What a relation shall hold: what was given, else what it holds already."""
    if given is None:
        return list(getattr(row, name).all()) if row.pk else []
    return list(given)


def _named(row):
    if row.name_zh or row.name_en:
        return {}
    return {"name_zh": [_("Give it a name in at least one language.")]}


def _timed(window):
    problems = {}
    if not time_zones.is_known(window.zone):
        problems["zone"] = [_("There is no such time zone. Write it like Asia/Shanghai.")]
    if not SHORTEST <= window.lasts_for <= LONGEST:
        problems["lasts_for"] = [_("Between 15 minutes and 7 days.")]
    if window.until_on is not None and window.until_on < window.from_on:
        problems["until_on"] = [_("It ends before it begins.")]
    if window.rule and (problem := recurrence.problem_with(window.rule, window.from_on)):
        problems["rule"] = [problem]
    return problems


def _publish(name, row, actor):
    events.publish(name, subject=row, actor=actor, is_public=False, called=row.name)
