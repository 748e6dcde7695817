"""Gaps, what hangs on one person, and what runs out: each number is the length of its list."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import TOLD_DAYS_AHEAD, PersonSkill, User
from knowledge.models import Certificate
from knowledge.selectors import learning
from training.selectors.needs import Need, needs


@dataclass(frozen=True)
class Report:
    """`ending` are skills of active people that ran out or will within `TOLD_DAYS_AHEAD` days, the earliest first,
    `certificates` those of reading paths."""

    gaps: list[Need]
    singles: list[Need]
    covered: list[Need]
    ending: list[PersonSkill]
    certificates: list[Certificate]


def report(user, day, team=None) -> Report:
    """Of every team, or of one."""
    found = needs(user, day, None if team is None else {team.pk})
    people = User.objects.visible_to(user).active()
    if team is not None:
        people = people.filter(memberships__team=team)
    held = PersonSkill.objects.filter(user__in=people, skill__is_active=True)
    ending = list(held.filter(expires_on__lte=day + timedelta(days=TOLD_DAYS_AHEAD)).select_related("user", "skill"))
    for one in ending:
        one.is_over = one.has_run_out(day)
    return Report(
        gaps=[need for need in found if need.is_gap],
        singles=[need for need in found if need.hangs_on_one],
        covered=[need for need in found if len(need.able) > 1],
        certificates=list(learning.ending(user, people, day + timedelta(days=TOLD_DAYS_AHEAD))),
        ending=sorted(ending, key=lambda one: (one.expires_on, one.user.name, one.pk)),
    )


def gaps_of(person, user, day) -> list[tuple[Need, PersonSkill | None]]:
    """What the teams of a person need and the person does not have at that level today, with what they have of it.

    Where nobody of the team has it comes first.
    """
    teams = set(person.teams.active().values_list("pk", flat=True))
    found = []
    for need in needs(user, day, teams):
        own = next((one for one in need.holders if one.user_id == person.pk), None)
        if own is None or own not in need.able:
            found.append((need, own))
    return sorted(found, key=lambda pair: not pair[0].is_gap)
