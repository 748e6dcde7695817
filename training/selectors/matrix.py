"""Team × skill: who of a team holds what, beside what the team needs."""

from dataclasses import dataclass

from accounts.models import PersonSkill, Skill, Team, User
from training.selectors.needs import Need, needs


@dataclass(frozen=True)
class Column:
    """A skill with what the team needs of it; `need` is None for what somebody can do and nobody asks for."""

    skill: Skill
    need: Need | None


@dataclass(frozen=True)
class Cell:
    """What a person holds of a column's skill. `mark`: "ok", "below" the needed level, "soon" run out, "over", ""."""

    held: PersonSkill | None
    mark: str


@dataclass(frozen=True)
class Matrix:
    team: Team
    columns: list[Column]
    rows: list[tuple[User, list[Cell]]]


def matrix_of(team, user, day) -> Matrix:
    """The matrix of one team: what it needs first, then what its people can do besides."""
    people = list(team.members.filter(is_active=True).order_by("name", "pk"))
    held = PersonSkill.objects.filter(user__in=people, skill__is_active=True).select_related("skill")
    by_person = {(one.user_id, one.skill_id): one for one in held.order_by("skill__slug")}
    wanted = [Column(need.skill, need) for need in needs(user, day, {team.pk})]
    known = {column.skill.pk for column in wanted}
    besides = {one.skill_id: Column(one.skill, None) for one in by_person.values() if one.skill_id not in known}
    columns = [*wanted, *besides.values()]
    rows = [
        (one, [_cell(by_person.get((one.pk, column.skill.pk)), column, day) for column in columns]) for one in people
    ]
    return Matrix(team, columns, rows)


def _cell(held, column, day):
    if held is None:
        return Cell(None, "")
    if held.has_run_out(day):
        return Cell(held, "over")
    if column.need and held.level < column.need.level:
        return Cell(held, "below")
    return Cell(held, "soon" if held.runs_out_soon(day) else "ok")
