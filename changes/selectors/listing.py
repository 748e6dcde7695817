"""Lists of changes."""

from typing import NamedTuple

from django.db.models import Q

from changes.models import Change
from tickets import kinds
from tickets.numbers import read

PAGE = 50


class Page(NamedTuple):
    """`next` is the key after which the following page begins, or 0."""

    rows: list
    next: int
    is_first: bool


def filtered(user, asked):
    """Visible changes, the open ones unless a state is named, by type, words and whether they are one's own."""
    rows = Change.objects.visible_to(user)
    rows = rows.filter(state=asked["state"]) if asked.get("state") else rows.filter(is_open=True)
    if asked.get("type"):
        rows = rows.filter(type=asked["type"])
    if asked.get("mine"):
        rows = rows.filter(Q(implementer=user) | Q(assignee=user) | Q(requester=user))
    if words := asked.get("q", "").strip():
        numbers = read(words, kinds.prefixes())
        rows = rows.filter(number__in=numbers) if numbers else rows.filter(title__icontains=words)
    return rows


def page_of(rows, after=0) -> Page:
    """The page of changes older than `after`; never an offset, never a count."""
    found = rows.filter(pk__lt=after) if after else rows
    named = found.select_related("implementer", "team", "service").order_by("-pk")
    several = list(named[: PAGE + 1])
    return Page(several[:PAGE], several[PAGE - 1].pk if len(several) > PAGE else 0, not after)
