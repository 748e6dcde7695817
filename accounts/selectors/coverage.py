"""How a team is covered: who works, who is on call, who is away, and when there is nobody."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Delegation, Membership, Roster, Team, User, WorkShift
from accounts.selectors.rosters import plan_of, rosters, turns_of
from core.spans import union, without

ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Stretch:
    """A person at work ("shift") or on call ("call") in [start, end); `stand_in` decides for them where they are away.

    `away` are the parts of it in which they are.
    """

    kind: str
    label: str
    person: User
    start: datetime
    end: datetime
    away: tuple[Delegation, ...] = ()

    @property
    def present(self):
        """The seconds since 1970 in which somebody really is there."""
        gone = [(_second(one.from_at), _second(one.until_at)) for one in self.away]
        return without([(_second(self.start), _second(self.end))], gone)


@dataclass
class Day:
    """A date as the page prints it; `from_time` is empty for what was on before."""

    on: date
    is_today: bool
    rows: list = field(default_factory=list)  # (from, to, stretch)
    holes: list = field(default_factory=list)  # (from, to)


@dataclass(frozen=True)
class Coverage:
    team: Team
    stretches: list[Stretch]
    holes: list[tuple[datetime, datetime]]
    absences: list[Delegation]


def coverage_of(team, start, end) -> Coverage:
    """What [start, end) looks like for one team; see `coverages_of`."""
    return coverages_of([team], start, end)[0]


def coverages_of(teams, start, end) -> list[Coverage]:
    """What [start, end) looks like, team by team. Seven queries, however many teams, people and shifts.

    Somebody who is away covers nothing, their substitute decides for them but does not work their shift. A hole is a
    time with nobody at work and nobody on call: at any hour for a team that answers around the clock, else within the
    hours that its shifts plan.
    """
    planned = WorkShift.objects.filter(team__in=teams, valid_from__lte=end).prefetch_related("people")
    shifts, calls, people = defaultdict(list), defaultdict(list), defaultdict(set)
    for shift in planned.order_by("starts_at", "pk"):
        shifts[shift.team_id].append(shift)
        people[shift.team_id] |= {person.pk for person in shift.people.all()}
    for roster in rosters().filter(team__in=teams, is_active=True):
        plan = plan_of(roster)
        calls[roster.team_id].append(plan)
        people[roster.team_id] |= {person.pk for person in plan.members}
        people[roster.team_id] |= {entry.user_id for entry in plan.overrides if entry.user_id}
    for team, user in Membership.objects.filter(team__in=teams).values_list("team", "user"):
        people[team].add(user)
    away = Delegation.objects.filter(person__in=set().union(*people.values()), from_at__lt=end, until_at__gt=start)
    away, found = list(away.select_related("person", "substitute").order_by("from_at", "pk")), []
    for team in teams:
        theirs = [one for one in away if one.person_id in people[team.pk]]
        found.append(_coverage(team, shifts[team.pk], calls[team.pk], theirs, start, end))
    return found


def _coverage(team, shifts, calls, absences, start, end):
    found, planned = [], []
    for shift in shifts:
        for begin, finish in shift.spans(start, end):
            planned.append(_cut(begin, finish, start, end))
            for person in shift.people.all():
                if person.is_active:
                    found.append(_stretch("shift", shift.label, person, begin, finish, absences))
    for plan in calls:
        for part in plan.shifts(start, end):
            if part.person is not None:
                found.append(_stretch("call", plan.roster.name, part.person, part.start_at, part.end_at, absences))
    if team.around_the_clock:
        planned = [(_second(start), _second(end))]
    there = [piece for one in found for piece in one.present]
    holes = [(_instant(low), _instant(high)) for low, high in without(union(planned), there)]
    found.sort(key=lambda one: (one.start, one.kind != "shift", one.person.name))
    return Coverage(team, found, holes, absences)


def days_of(coverage, first, count, now, zone) -> list[Day]:
    """`count` days from `first`, in `zone`: what is on, from when to when, and the holes."""
    today = now.astimezone(zone).date()
    days = []
    for on in (first + timedelta(days=n) for n in range(count)):
        low, high = (datetime.combine(day, time(), zone) for day in (on, on + timedelta(days=1)))
        day = Day(on, on == today)
        day.rows = [(*_clock(one.start, one.end, low, high, zone), one)
                    for one in coverage.stretches if one.start < high and one.end > low]  # fmt: skip
        day.holes = [_clock(begin, finish, low, high, zone) for begin, finish in coverage.holes
                     if begin < high and finish > low]  # fmt: skip
        days.append(day)
    return days


def zone_of(team) -> ZoneInfo:
    """The clock by which a team plans: that of its first shift, else of its first roster."""
    zone = WorkShift.objects.filter(team=team).order_by("pk").values_list("zone", flat=True).first()
    zone = zone or Roster.objects.filter(team=team).order_by("pk").values_list("zone", flat=True).first()
    return ZoneInfo(zone or ZONE)


def on_shift(team, at) -> list[User] | None:
    """Who of a team works at an instant and is not away, by name; None for a team that plans no shifts then.

    None means "nobody said": whoever routes work treats every member who is not away as there. An empty list means
    that the plan has nobody now.
    """
    plans = [one for one in WorkShift.objects.filter(team=team) if _in_force(one, at)]
    if not plans:
        return None
    working = [one.pk for one in plans if any(one.spans(at, at + timedelta(microseconds=1)))]
    away = Delegation.objects.at(at).values("person")
    people = User.objects.active().filter(shifts__in=working, teams=team).exclude(pk__in=away)
    return list(people.distinct().order_by("name", "pk"))


def duties_of(user, start, end) -> list[tuple[str, str, datetime, datetime]]:
    """(key, name, begin, finish) of the shifts and on-call turns of a person that touch [start, end)."""
    found = []
    for shift in WorkShift.objects.filter(people=user).select_related("team"):
        found += [(f"shift-{shift.pk}", f"{shift.team}: {shift.label}", *span) for span in shift.spans(start, end)]
    for roster, part in turns_of(user, start, end):
        found.append((f"call-{roster.pk}", str(roster), part.start_at, part.end_at))
    return sorted(found, key=lambda one: (one[2], one[0]))


def _in_force(shift, at) -> bool:
    day = at.astimezone(ZoneInfo(shift.zone)).date()
    return shift.valid_from <= day and (shift.valid_until is None or day <= shift.valid_until)


def _stretch(kind, label, person, start, end, absences):
    away = tuple(a for a in absences if a.person_id == person.pk and a.from_at < end and a.until_at > start)
    return Stretch(kind, label, person, start, end, away)


def _clock(begin, finish, low, high, zone):
    return (
        "00:00" if begin <= low else f"{begin.astimezone(zone):%H:%M}",
        "24:00" if finish >= high else f"{finish.astimezone(zone):%H:%M}",
    )


def _cut(begin, finish, start, end):
    return _second(max(begin, start)), _second(min(finish, end))


def _second(instant) -> int:
    return int(instant.timestamp())


def _instant(second) -> datetime:
    return datetime.fromtimestamp(second, ZoneInfo("UTC"))
