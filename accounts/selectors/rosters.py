"""Who is on call: a roster's rotation and its overrides, read at an instant or over a period."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Prefetch, Q

from accounts.models import Roster, RosterMember, RosterOverride, User
from accounts.selectors.directory import reporting_line


@dataclass(frozen=True)
class Shift:
    """[start_at, end_at) with one person, or with nobody. `override` is the entry that put them there, if one did."""

    start_at: datetime
    end_at: datetime
    person: User | None
    override: RosterOverride | None = None


@dataclass(frozen=True)
class Plan:
    """A roster with its people and overrides loaded: everything about it is read without another query."""

    roster: Roster
    members: list[User]
    overrides: list[RosterOverride]

    def person_at(self, instant) -> User | None:
        """Who is on call by plan, there or away (`selectors/away.py`): the latest override wins, then the rotation;
        nobody before the roster starts."""
        return self._at(instant)[0]

    def line_at(self, instant) -> list[User]:
        """Whom to call one after the other, by plan: the person on call, the rotation after them, the fallback, the
        leads."""
        place = self._place(self.roster.turn_at(instant))
        line = [self.person_at(instant), *self.members[place + 1 :], *self.members[: place + 1], self.roster.fallback]
        line += reporting_line(self.roster.team)
        return list(dict.fromkeys(person for person in line if person is not None and person.is_active))

    def shifts(self, start, end) -> list[Shift]:
        """What [start, end) looks like, without holes: spans with nobody are shifts, too."""
        turns = range(self.roster.turn_at(start) + 1, self.roster.turn_at(end) + 1)
        edges = {start, end, *(self.roster.begin_of(turn) for turn in turns)}
        edges |= {edge for entry in self.overrides for edge in (entry.start_at, entry.end_at)}
        found = []
        for begin, finish in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
            person, override = self._at(begin)
            if found and (found[-1].person, found[-1].override) == (person, override):
                begin = found.pop().start_at
            found.append(Shift(begin, finish, person, override))
        return found

    def _at(self, instant):
        for entry in self.overrides:
            is_there = entry.user is None or entry.user.is_active
            if entry.start_at <= instant < entry.end_at and is_there:
                return entry.user, entry
        turn = self.roster.turn_at(instant)
        return (self._rotating(turn) if turn >= 0 else None), None

    def _rotating(self, turn):
        """Somebody deactivated keeps the place, so that nobody else's turns move; the next in line stands in."""
        place = self._place(turn)
        line = [*self.members[place:], *self.members[:place]]
        return next((person for person in line if person.is_active), None)

    def _place(self, turn) -> int:
        return turn % len(self.members) if self.members else 0


def rosters():
    """Every roster, those in use first, ready for `plan_of`."""
    return _ready(Roster.objects.all()).order_by("-is_active", "team__line", "team__slug", "pk")


def plan_of(roster) -> Plan:
    """The plan of a roster; two queries unless it comes from `rosters()`."""
    if "members" not in getattr(roster, "_prefetched_objects_cache", {}):
        roster = _ready(Roster.objects.filter(pk=roster.pk)).get()
    return Plan(roster, [member.user for member in roster.members.all()], list(roster.overrides.all()))


def on_call(roster, at) -> User | None:
    """Who is on call at an instant; None for an empty roster and for one that is not in use."""
    return plan_of(roster).person_at(at) if roster.is_active else None


def turns_of(user, start, end) -> list[tuple[Roster, Shift]]:
    """The shifts of a person that touch [start, end), whole, in order of time."""
    theirs = rosters().filter(Q(members__user=user) | Q(overrides__user=user), is_active=True).distinct()
    turns = []
    for roster in theirs:
        wider = timedelta(days=roster.turn_days + 1)
        shifts = plan_of(roster).shifts(start - wider, end + wider)
        turns += [(roster, one) for one in shifts if one.person == user and one.end_at > start and one.start_at < end]
    return sorted(turns, key=lambda row: row[1].start_at)


def _ready(found):
    return found.select_related("team__lead", "team__parent__lead", "fallback").prefetch_related(
        Prefetch("members", RosterMember.objects.select_related("user").order_by("position", "pk")),
        Prefetch("overrides", RosterOverride.objects.select_related("user").order_by("-pk")),
    )
