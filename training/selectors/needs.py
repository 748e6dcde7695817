"""What each team needs, from what its work asks for, and who of it has that."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import Membership, PersonSkill, Skill, Team, User
from accounts.rules import STAFF_ROLES
from cmdb.models import ConfigurationItem, ItemClass
from tickets.models import Category, SkillRequirement


@dataclass
class Need:
    """A skill that a team needs, at the highest level that its work asks for. `team` is None for work that no team
    answers for: then everybody of the desk counts. `holders` carry `is_over`."""

    team: Team | None
    skill: Skill
    level: int = 0
    asked_by: list[SkillRequirement] = field(default_factory=list)
    holders: list[PersonSkill] = field(default_factory=list)

    @property
    def able(self) -> list[PersonSkill]:
        """Who meets it today."""
        return [one for one in self.holders if not one.is_over and one.level >= self.level]

    @property
    def is_gap(self) -> bool:
        return not self.able

    @property
    def hangs_on_one(self) -> bool:
        return len(self.able) == 1


def needs(user, day, teams=None) -> list[Need]:
    """Every need of every team, or of `teams` (ids), on `day`; by team and skill. Ten queries at most, however
    many there are. Without what services that `user` does not see ask for; `user` None is the system and sees all."""
    asked = SkillRequirement.objects.all() if user is None else SkillRequirement.objects.visible_to(user)
    asked = asked.filter(skill__is_active=True).order_by("skill__slug", "-level", "pk")
    asked = list(asked.select_related("skill", "item_class", "service__support_team", "category"))
    by_class = _teams_by_class({one.item_class_id for one in asked} - {None})
    by_category = _teams_by_category({one.category_id for one in asked} - {None})
    found = {}
    for one in asked:
        for team in _teams_of(one, by_class, by_category):
            need = found.setdefault((team and team.pk, one.skill_id), Need(team, one.skill))
            need.level = max(need.level, one.level)
            need.asked_by.append(one)
    chosen = [need for need in found.values() if teams is None or (need.team and need.team.pk in teams)]
    _fill(chosen, day)
    return sorted(chosen, key=lambda need: (need.team is None, need.team and need.team.slug, need.skill.slug))


def _teams_of(wanted, by_class, by_category):
    """The teams that are given such tickets; [None] when it is nobody's."""
    if wanted.item_class_id:
        return by_class.get(wanted.item_class_id) or [None]
    if wanted.category_id:
        return by_category.get(wanted.category_id) or [None]
    team = wanted.service.support_team
    return [team if team and team.is_active else None]


def _teams_by_class(classes) -> dict[int, list[Team]]:
    """{class: the teams that support items of it or of a class below it}."""
    if not classes:
        return {}
    pairs = ConfigurationItem.objects.filter(is_active=True, support_team__is_active=True).order_by()
    return _climbed(ItemClass, pairs.values_list("item_class__pk", "support_team").distinct(), classes)


def _teams_by_category(categories) -> dict[int, list[Team]]:
    """{category: the teams that are given tickets of it or of a category below it}."""
    if not categories:
        return {}
    pairs = Category.objects.filter(is_active=True, default_team__is_active=True).order_by()
    return _climbed(Category, pairs.values_list("pk", "default_team"), categories)


def _climbed(model, pairs, wanted) -> dict[int, list[Team]]:
    """Of (key, team) in the tree of a `model` with a `parent`: the teams at and below each of `wanted`."""
    above = dict(model.objects.values_list("pk", "parent"))
    found = defaultdict(set)
    for key, team in pairs:
        seen = set()
        while key is not None and key not in seen:
            seen.add(key)
            if key in wanted:
                found[key].add(team)
            key = above[key]
    teams = Team.objects.in_bulk(set().union(*found.values()))
    return {key: sorted((teams[one] for one in some), key=lambda team: team.slug) for key, some in found.items()}


def _fill(chosen, day):
    """Who has what: of the team, or of everybody at the desk."""
    members = defaultdict(set)
    here = Membership.objects.filter(user__is_active=True, team__in={need.team.pk for need in chosen if need.team})
    for team, user in here.values_list("team", "user"):
        members[team].add(user)
    held = held_by(User.objects.active(), {need.skill.pk for need in chosen}, day)
    for need in chosen:
        for one in held[need.skill.pk]:
            if need.team is None or one.user_id in members[need.team.pk]:
                need.holders.append(one)


def held_by(people, skills, day) -> dict[int, list[PersonSkill]]:
    """{skill: who has it, the highest level first}, each with `is_over` on `day`."""
    found = defaultdict(list)
    rows = PersonSkill.objects.filter(user__in=people, skill__in=skills).select_related("user")
    at_desk = Q(user__roles__overlap=list(STAFF_ROLES)) | Q(user__is_superuser=True)
    for one in rows.filter(at_desk).order_by("-level", "user__name", "pk"):
        one.is_over = one.has_run_out(day)
        found[one.skill_id].append(one)
    return found
