"""What each step of a major incident writes, in memory: like `effects`, on the row beside the incident."""

from datetime import timedelta

from django.utils.translation import gettext as _

from core.errors import InvalidInput


def propose(major, values, *, actor, at):
    major.reason = values["reason"]
    major.proposed_at = at


def declare(major, values, *, actor, at):
    commander = values["commander"]
    if not commander.is_active:
        raise InvalidInput({"commander": [_("%(name)s is deactivated.") % {"name": commander.display_name}]})
    major.commander = commander
    major.extent = values["extent"]
    major.cadence = int(values["cadence"])
    major.bridge = values.get("bridge", "")
    major.declared_at, major.declared_by = at, actor
    major.stood_down_at = None
    major.next_update_due = at + timedelta(minutes=major.cadence)


def stand_down(major, values, *, actor, at):
    major.stood_down_at = at
    major.next_update_due = None


def review(major, values, *, actor, at):
    for name, value in values.items():
        setattr(major, name, value)
    major.reviewed_at = at
