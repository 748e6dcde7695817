"""What a service, a category or a class of items asks of the people who are given its tickets."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules as people
from core.errors import InvalidInput, NotAllowed
from events import services as events
from tickets.models import SkillRequirement


@transaction.atomic
def require_skill(skill, *, actor, level, service=None, category=None, item_class=None) -> SkillRequirement:
    """Ask for a skill at a level, of a service, a category or a class of items; again is another level.

    Publishes `skill.required`. Raises NotAllowed, InvalidInput (none, or several).
    """
    _refuse_others(actor)
    about = {"service": service, "category": category, "item_class": item_class}
    if sum(one is not None for one in about.values()) != 1:
        raise InvalidInput({"service": [_("Choose a service, a category or a class of items: one of them.")]})
    wanted, _is_new = SkillRequirement.objects.update_or_create(skill=skill, **about, defaults={"level": level})
    about = {name: one and one.pk for name, one in about.items()}
    events.publish("skill.required", subject=skill, actor=actor, is_public=False, level=level, **about)
    return wanted


@transaction.atomic
def drop_requirement(wanted, *, actor) -> None:
    """Ask for it no more; publishes `skill.not_required`. Raises NotAllowed."""
    _refuse_others(actor)
    about = {"service": wanted.service_id, "category": wanted.category_id, "item_class": wanted.item_class_id}
    events.publish("skill.not_required", subject=wanted.skill, actor=actor, is_public=False, **about)
    wanted.delete()


def _refuse_others(actor):
    if actor is not None and not people.keeps_skills(actor):
        raise NotAllowed()
