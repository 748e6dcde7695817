"""One person's skills, what they claim, and how it came about."""

from accounts.models import PersonSkill, Skill, SkillClaim
from events.models import Event

SHOWN = 30


def skills_of(person, day) -> list[PersonSkill]:
    """What they hold, each with `is_over` and `is_ending`; by name of the skill."""
    held = list(PersonSkill.objects.filter(user=person).select_related("skill").order_by("skill__slug"))
    for one in held:
        one.is_over, one.is_ending = one.has_run_out(day), one.runs_out_soon(day)
    return held


def claims_of(person):
    return SkillClaim.objects.filter(user=person).select_related("skill", "user")


def history_of(person) -> list[Event]:
    """What happened to their skills, the latest first."""
    told = Event.objects.filter(subject_kind="user", subject_id=person.pk, name__startswith="user.skill_")
    return list(told.select_related("actor").order_by("-pk")[:SHOWN])


def names_of_skills(events) -> dict[int, str]:
    """{skill: name} of what events speak of."""
    keys = {event.data.get("skill") for event in events}
    return {skill.pk: skill.name for skill in Skill.objects.filter(pk__in=keys - {None})}
