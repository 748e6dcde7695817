"""Skills and who has them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import PersonSkill, Skill
from accounts.services import people
from accounts.services.writing import apply, checked
from core.errors import InvalidInput, NotAllowed
from events.services import publish

FIELDS = ("slug", "name_zh", "name_en", "is_active")
RATED = ("level", "evidence", "expires_on")


@transaction.atomic
def save_skill(skill, *, actor, **values) -> Skill:
    """Add a skill (None) or change one; publishes `skill.kept` with what differs. Raises NotAllowed, InvalidInput."""
    _refuse_others(actor)
    skill = Skill() if skill is None else Skill.objects.select_for_update(of=("self",)).get(pk=skill.pk)
    changes = apply(skill, values, FIELDS)
    checked(skill).save()
    if changes:
        publish("skill.kept", subject=skill, actor=actor, is_public=False, changes=changes)
    return skill


@transaction.atomic
def rate(person, skill, *, actor, **values) -> PersonSkill:
    """Say at which `level` (1 to 4) a person has a skill, with `evidence` and the last day it holds (`expires_on`).

    Publishes `user.skill_rated` with what differs. Raises NotAllowed, InvalidInput (nobody of the desk, no such level).
    """
    _refuse_others(actor)
    person = people.locked(person)
    if not (person.is_active and person.is_staff_member):
        raise InvalidInput({"person": [_("Only people who work at the desk are given tickets by skill.")]})
    held = PersonSkill.objects.filter(user=person, skill=skill).first() or PersonSkill(user=person, skill=skill)
    changes = apply(held, values, RATED)
    checked(held).save()
    if changes:
        publish("user.skill_rated", subject=person, actor=actor, is_public=False, skill=skill.pk, changes=changes)
    return held


@transaction.atomic
def forget(person, skill, *, actor) -> None:
    """Somebody does not have a skill any more; publishes `user.skill_lost`. Raises NotAllowed."""
    _refuse_others(actor)
    gone, _by_model = PersonSkill.objects.filter(user=person, skill=skill).delete()
    if gone:
        publish("user.skill_lost", subject=person, actor=actor, is_public=False, skill=skill.pk)


def _refuse_others(actor):
    if actor is not None and not rules.keeps_skills(actor):
        raise NotAllowed()
