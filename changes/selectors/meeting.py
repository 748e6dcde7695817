"""Which changes must not be in work at the same time, and where their impacts meet. Pure: plans in, meetings out.

Work on an item counts as its failure, for the failure is what has to be borne if the work goes wrong. Changes meet
where the same item fails with either, or where something fails only because they are in work together: one host of a
redundant pair harms nobody, both do. Times overlap when less than the margin lies between them.
"""

from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from cmdb.selectors.impact import Extract


class Plan(NamedTuple):
    """When a change is in work and what it touches."""

    key: int
    start: datetime
    end: datetime
    items: frozenset[int]

    def overlaps(self, other, margin: timedelta) -> bool:
        return self.start < other.end + margin and other.start < self.end + margin


class Meeting(NamedTuple):
    """Two changes, or as many as it takes, and the item they bring down.

    `ways` has for each of `keys` (ascending) the items from one that it touches to `item_id`.
    """

    keys: tuple[int, ...]
    item_id: int
    ways: tuple[tuple[int, ...], ...]

    def evidence(self) -> dict:
        """As it is stored: what an acceptance stands for."""
        ways = {str(key): list(way) for key, way in zip(self.keys, self.ways, strict=True)}
        return {"item": self.item_id, "ways": ways}


class Meetings:
    """What plans do to each other by an extract of the graph that was read for all their items."""

    def __init__(self, extract: Extract):
        self._extract, self._known = extract, {}

    def of(self, plans, margin, *, about=None) -> list[Meeting]:
        """Every meeting of two plans, then those of more where no two of them explain what fails.

        With `about` (keys), only those that any of these changes takes part in.
        """
        found = [
            meeting
            for one, other in combinations(sorted(plans), 2)
            if (about is None or one.key in about or other.key in about) and one.overlaps(other, margin)
            if (meeting := self.of_two(one, other))
        ]
        return found + self._of_many(plans, margin, about, found)

    def of_two(self, one, other) -> Meeting | None:
        """Where two plans meet, whenever they are carried out; the nearest such item. None: they never do."""
        with_one, with_other = self._failing(one), self._failing(other)
        if common := with_one.keys() & with_other.keys():
            nearest = min(common, key=lambda item: (with_one[item].depth + with_other[item].depth, item))
            return self._meeting((one, other), nearest, ())
        together = self._together((one, other))
        joint = next((item for item in together if item not in with_one and item not in with_other), None)
        return None if joint is None else self._meeting((one, other), joint, together)

    def _of_many(self, plans, margin, about, pairs):
        """Of three and more: whoever is in work at a moment is taken together, then as few as bring it down."""
        found = []
        by_key = {plan.key: plan for plan in plans}
        for moment in sorted({plan.start for plan in plans}):
            active = [plan for plan in sorted(plans) if plan.start <= moment < plan.end + margin]
            if len(active) < 3 or (about is not None and not about & {plan.key for plan in active}):
                continue
            together = self._together(active)
            explained = {item for plan in active for item in self._failing(plan)}
            if together.keys() <= explained:
                continue  # nothing is lost that was redundant
            known = {plan.key for plan in active}
            for meeting in (*pairs, *found):
                if known.issuperset(meeting.keys):
                    explained |= self._together([by_key[key] for key in meeting.keys]).keys()
            while (joint := next((item for item in together if item not in explained), None)) is not None:
                few = self._as_few_as_it_takes(active, joint)
                reached = self._together(few)
                explained |= reached.keys()
                if about is None or about & {plan.key for plan in few}:
                    found.append(self._meeting(few, joint, reached))
        return found

    def _as_few_as_it_takes(self, plans, item):
        few = list(plans)
        for plan in plans:
            fewer = [one for one in few if one is not plan]
            if item in self._together(fewer):
                few = fewer
        return tuple(few)

    def _meeting(self, plans, item, together):
        ways = (
            self._extract.way(plan.items, item, through=alone if item in (alone := self._failing(plan)) else together)
            for plan in plans
        )
        return Meeting(tuple(plan.key for plan in plans), item, tuple(map(tuple, ways)))

    def _failing(self, plan):
        return self._together((plan,))

    def _together(self, plans):
        """What fails if all of these go wrong; each answer is kept, for neighbours ask for the same."""
        key = frozenset(plan.key for plan in plans)
        if key not in self._known:
            self._known[key] = self._extract.failing({item for plan in plans for item in plan.items})
        return self._known[key]
