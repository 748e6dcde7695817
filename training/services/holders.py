"""The last of a team who could do something is gone: its lead hears of it at once, not with the next ticket."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, PersonSkill, User
from accounts.selectors import reporting_line
from accounts.selectors.skills import leads_of
from core import clock
from events.services import publish
from training.selectors.needs import needs

HEARD = (
    "user.deactivated", "user.removed_from_team", "user.skill_lost", "user.skill_expired", "user.skill_rated",
)  # fmt: skip


@transaction.atomic
def tell_of_last_holder(event):
    """`later` handler of what takes a skill from a team: publishes `skill.last_holder_lost` for each need that nobody
    meets any more and this person met. `told` are the team's lead or whoever is next above."""
    if event.is_history:
        return
    person = User.objects.get(pk=event.subject_id)
    had = _had(event, person)
    teams = [event.data["team"]] if event.name == "user.removed_from_team" else None
    if teams is None:
        teams = list(Membership.objects.filter(user=person).values_list("team", flat=True))
    for need in needs(None, timezone.localdate(clock.now())):
        is_theirs = need.team is None or need.team.pk in teams
        if is_theirs and need.is_gap and had.get(need.skill.pk, 0) >= need.level:
            leads = reporting_line(need.team)[:1] if need.team else leads_of(person)
            told = [lead.pk for lead in leads if lead.pk != person.pk]
            facts = {"person": person.pk, "team": need.team and need.team.pk, "level": need.level, "told": told}
            publish("skill.last_holder_lost", subject=need.skill, actor=None, is_public=False, **facts)


def _had(event, person) -> dict[int, int]:
    """{skill: level} of what the person could do until this event."""
    if event.name == "user.skill_rated":
        before = event.data["changes"].get("level", [0])[0] or 0
        return {event.data["skill"]: before}
    if "skill" in event.data:
        return {event.data["skill"]: event.data["level"]}
    held = PersonSkill.objects.valid_on(timezone.localdate(clock.now())).filter(user=person)
    return dict(held.values_list("skill", "level"))
