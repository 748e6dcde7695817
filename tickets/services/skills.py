"""What a service or a category asks of the people who are given its tickets."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules as people
from core.errors import InvalidInput, NotAllowed
from events import services as events
from tickets.models import SkillRequirement


@transaction.atomic
def require_skill(skill, *, actor, level, service=None, category=None) -> SkillRequirement:
    """Ask for a skill at a level, of a service or of a category; again is another level.

    Publishes `skill.required`. Raises NotAllowed, InvalidInput (neither or both).
    """
    _refuse_others(actor)
    if (service is None) == (category is None):
        raise InvalidInput({"service": [_("Choose a service or a category.")]})
    wanted, _is_new = SkillRequirement.objects.update_or_create(
        skill=skill, service=service, category=category, defaults={"level": level}
    )
    about = {"service": service and service.pk, "category": category and category.pk}
    events.publish("skill.required", subject=skill, actor=actor, is_public=False, level=level, **about)
    return wanted


@transaction.atomic
def drop_requirement(wanted, *, actor) -> None:
    """Ask for it no more; publishes `skill.not_required`. Raises NotAllowed."""
    _refuse_others(actor)
    about = {"service": wanted.service_id, "category": wanted.category_id}
    events.publish("skill.not_required", subject=wanted.skill, actor=actor, is_public=False, **about)
    wanted.delete()


def _refuse_others(actor):
    if actor is not None and not people.keeps_skills(actor):
        raise NotAllowed()
