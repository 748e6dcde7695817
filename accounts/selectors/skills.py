"""Whom a person's skills concern."""

from accounts.models import User
from accounts.selectors.directory import reporting_line


def leads_of(person) -> list[User]:
    """Who answers for what somebody can do: the leads of their teams and their manager; where they lead themselves,
    the next up the reporting line. Active people, each once, in a fixed order."""
    teams = list(person.teams.active().select_related("lead__manager", "parent__lead").order_by("pk"))
    found = [*(team.lead for team in teams), person.manager]
    if not any(one and one.is_active and one.pk != person.pk for one in found):
        found = [lead for team in teams for lead in reporting_line(team)]
    return list(dict.fromkeys(one for one in found if one and one.is_active and one.pk != person.pk))
