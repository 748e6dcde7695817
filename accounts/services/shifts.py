"""Working shifts of a team: who works when, week by week."""

from datetime import date
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Team, WorkShift
from accounts.services.writing import apply, checked
from core.errors import InvalidInput, NotAllowed
from events.services import publish

FIELDS = ("label", "weekdays", "starts_at", "ends_at", "zone", "valid_from", "valid_until")


@transaction.atomic
def save_shift(shift, *, actor, team=None, people=None, **fields) -> WorkShift:
    """Add (shift=None, for `team`) or change a shift; `people` replaces who works it.

    Publishes `team.shift_kept` with who works it and what differs. Raises NotAllowed, InvalidInput.
    """
    _require_keeper(actor)
    if shift is None:
        shift = WorkShift(team=Team.objects.select_for_update(of=("self",)).get(pk=team.pk))
    else:
        shift = WorkShift.objects.select_for_update(of=("self",)).select_related("team").get(pk=shift.pk)
    changes = apply(shift, fields, FIELDS)
    shift.weekdays = sorted(set(shift.weekdays or ()))
    _check(shift, people)
    checked(shift).save()
    if people is not None:
        shift.people.set(people)
    works = sorted(shift.people.values_list("pk", flat=True))
    publish("team.shift_kept", subject=shift.team, actor=actor, is_public=False, shift=shift.pk, label=shift.label,
            people=works, changes=changes)  # fmt: skip
    return shift


@transaction.atomic
def drop_shift(shift, *, actor):
    """Take a shift off the plan; publishes `team.shift_dropped`. Give it a last day to keep what was worked."""
    _require_keeper(actor)
    publish("team.shift_dropped", subject=shift.team, actor=actor, is_public=False, shift=shift.pk, label=shift.label)
    shift.delete()


def _require_keeper(actor):
    if actor is not None and not (actor.is_active and rules.keeps_rosters(actor)):
        raise NotAllowed()


def _check(shift, people):
    problems = {}
    if shift.zone not in available_timezones():
        problems["zone"] = [_("There is no such time zone.")]
    if not shift.weekdays:
        problems["weekdays"] = [_("Choose at least one day.")]
    for name in ("valid_from", "valid_until"):
        day = getattr(shift, name)
        if day is not None and not date(2000, 1, 1) <= day < date(2100, 1, 1):
            problems[name] = [_("Give a day of this century.")]
    if shift.valid_from and shift.valid_until and shift.valid_until < shift.valid_from:
        problems["valid_until"] = [_("The last day lies before the first.")]
    if people is not None and not people:
        problems["people"] = [_("Choose at least one person.")]
    elif people is not None:
        members = set(shift.team.members.filter(is_active=True).values_list("pk", flat=True))
        stranger = next((person for person in people if person.pk not in members), None)
        if stranger is not None:
            problems["people"] = [_("%(name)s is not in the team.") % {"name": stranger.display_name}]
    if problems:
        raise InvalidInput(problems)
