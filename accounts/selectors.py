"""Reading people and teams."""


def reporting_line(team) -> list:
    """Whom to inform above a team, nearest first: its lead, the leads of the teams above, then that person's managers.

    Deactivated people are passed over; nobody appears twice; a ring in the data ends the walk.
    """
    line, seen_teams = [], set()
    while team is not None and team.pk not in seen_teams:
        seen_teams.add(team.pk)
        _append(line, team.lead)
        team = team.parent
    person, seen = (line[-1].manager if line else None), set()
    while person is not None and person.pk not in seen:
        seen.add(person.pk)
        _append(line, person)
        person = person.manager
    return line


def _append(line, person):
    if person is not None and person.is_active and person not in line:
        line.append(person)
