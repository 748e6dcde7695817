"""Lists of problems."""

from typing import NamedTuple

from django.db.models import Q

from cmdb.models import ConfigurationItem
from problems.models import Problem
from problems.models.problem import HELPED
from tickets import kinds
from tickets.numbers import read

PAGE = 50


class Page(NamedTuple):
    """`next` is the key after which the following page begins, or 0."""

    rows: list
    next: int
    is_first: bool


def filtered(user, asked):
    """Visible problems, the open ones unless a state is named, by service, item, words and whether they are one's own.

    Words are looked for in title, cause and workaround.
    """
    rows = Problem.objects.visible_to(user)
    rows = rows.filter(state=asked["state"]) if asked.get("state") else rows.filter(is_open=True)
    if asked.get("service"):
        rows = rows.filter(service=asked["service"])
    if asked.get("mine"):
        rows = rows.filter(Q(assignee=user) | Q(opened_by=user))
    return _said(rows, asked.get("q", ""))


def known(user, asked):
    """Visible known errors that are not fixed for good, by service, name of an affected item, and words."""
    rows = Problem.objects.visible_to(user).filter(state__in=HELPED)
    if asked.get("service"):
        rows = rows.filter(service=asked["service"])
    if item := asked.get("item", "").strip():
        seen = ConfigurationItem.objects.visible_to(user)
        named = seen.filter(Q(slug__icontains=item) | Q(name_zh__icontains=item) | Q(name_en__icontains=item))
        rows = rows.filter(
            pk__in=Problem.affected_items.through.objects.filter(configurationitem__in=named).values("ticket")
        )
    return _said(rows, asked.get("q", ""))


def _said(rows, words):
    """Those that say these words in title, cause or workaround, or have the numbers."""
    words = words.strip()
    if not words:
        return rows
    if numbers := read(words, kinds.prefixes()):
        return rows.filter(number__in=numbers)
    return rows.filter(Q(title__icontains=words) | Q(root_cause__icontains=words) | Q(workaround__icontains=words))


def page_of(rows, after=0) -> Page:
    """The page of problems older than `after`; never an offset, never a count."""
    found = rows.filter(pk__lt=after) if after else rows
    named = found.select_related("assignee", "team", "service").order_by("-pk")
    several = list(named[: PAGE + 1])
    return Page(several[:PAGE], several[PAGE - 1].pk if len(several) > PAGE else 0, not after)
