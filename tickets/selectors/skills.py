"""Which skills a ticket asks for, and who has them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import PersonSkill, Skill
from cmdb.models import ItemClass
from tickets.models import Category, SkillRequirement
from tickets.models.skills import ABOUT


def needed_for(ticket) -> list[SkillRequirement]:
    """What its service, its category, the classes of its items and whatever lies above these ask for, of each skill
    the highest level; skills out of use are left out."""
    about = Q(service__isnull=False, service=ticket.service_id)
    about |= Q(category__in=with_those_above(Category, [ticket.category_id] if ticket.category_id else []))
    about |= Q(item_class__in=with_those_above(ItemClass, _classes_of(ticket)))
    found = SkillRequirement.objects.filter(about, skill__is_active=True).select_related("skill")
    return list({wanted.skill_id: wanted for wanted in found.order_by("level", "id")}.values())


def _classes_of(ticket) -> list[int]:
    """The classes of the items it is about."""
    return list(ItemClass.objects.filter(items__tickets=ticket.pk).distinct().values_list("pk", flat=True))


def with_those_above(model, keys) -> list[int]:
    """`keys` and those of everything above them in the tree of a model with a `parent`."""
    found = list(keys)
    above = dict(model.objects.values_list("pk", "parent")) if found else {}
    for one in found:
        if above[one] is not None and above[one] not in found:
            found.append(above[one])
    return found


def levels_of(people, skills, day) -> dict[int, dict[int, int]]:
    """{person: {skill: level}} of `people` (ids), as it holds on `day`."""
    levels = defaultdict(dict)
    held = PersonSkill.objects.filter(user__in=people, skill__in=skills).valid_on(day)
    for person, skill, level in held.values_list("user", "skill", "level"):
        levels[person][skill] = level
    return levels


@dataclass(frozen=True)
class Coverage:
    """A skill with who has it and what asks for it. `able`: those who meet the highest level asked for, today."""

    skill: Skill
    holders: list[PersonSkill]
    wanted: list[SkillRequirement]
    able: int

    @property
    def is_gap(self) -> bool:
        return bool(self.wanted) and not self.able

    @property
    def hangs_on_one(self) -> bool:
        return bool(self.wanted) and self.able == 1


def coverage(user, day, skills=None) -> list[Coverage]:
    """Every skill, or `skills`, those in use first; without holders who left and services that `user` does not see."""
    found = list(Skill.objects.order_by("-is_active", "slug") if skills is None else skills)
    holders, wanted = defaultdict(list), defaultdict(list)
    held = PersonSkill.objects.filter(skill__in=found, user__is_active=True).select_related("user")
    for one in held.order_by("-level", "user__name", "pk"):
        one.is_over = one.has_run_out(day)
        holders[one.skill_id].append(one)
    asked = SkillRequirement.objects.visible_to(user).filter(skill__in=found).select_related(*ABOUT)
    for one in asked.order_by(*ABOUT, "pk"):
        wanted[one.skill_id].append(one)
    return [_covered(skill, holders[skill.pk], wanted[skill.pk]) for skill in found]


def _covered(skill, holders, wanted):
    highest = max((one.level for one in wanted), default=1)
    able = sum(one.level >= highest and not one.is_over for one in holders)
    return Coverage(skill, holders, wanted, able)
