"""Finding tickets by words and numbers. Words said only inside the desk are found only by those who may read them."""

from contextlib import contextmanager
from dataclasses import dataclass
from math import prod

from django.contrib.postgres.search import SearchQuery, SearchVectorExact, SearchVectorField
from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Max, Q, Value, When
from django.db.models.functions import Coalesce

from core.text import MOST_RUNS, run_query, runs, search_query
from tickets import kinds, numbers
from tickets.models import Ticket
from tickets.selectors.commonness import parts_of

# Beyond this many, a count is "1000+" and the newest are ranked among themselves.
CAP = 1_000
# A word that fills the count within so many of the newest tickets is looked for no further.
WINDOW = 10_000
# A beginning that so many of all tickets hold narrows nothing down.
NEARLY_ALL = 0.5


@dataclass(frozen=True)
class Best:
    """`tickets` best first; `count` stops at CAP, `is_capped` says that there are more."""

    tickets: list
    count: int
    is_capped: bool


def saying(user, expression, *, by_index=True) -> Q:
    """Tickets that say what a tsquery `expression` asks for, in words that `user` may read.

    Expects tickets that are visible to them: whose internal notes they read is `tickets.rules.reads_internal`.
    Without `by_index` the words of each ticket are read that something else has found.
    """
    asked = SearchQuery(expression, search_type="raw", config="simple")
    public = _holds("search_vector", asked, by_index)
    if not user.is_staff_member:
        return public
    internal = _holds("internal_vector", asked, by_index)
    if not user.sees_everything:
        internal &= Q(organisation__in=user.served_organisation_ids)
    return public | internal


def _holds(vector, asked, by_index):
    if by_index:
        return Q(**{vector: asked})
    return Q(SearchVectorExact(Coalesce(F(vector), Value("", output_field=SearchVectorField())), asked))


def matching(user, tickets, text):
    """`tickets`, visible to `user`, that contain every word of `text` (Han characters in a row count as a phrase).

    A number finds its ticket too. A text without anything that can be searched for leaves `tickets` as they are.
    """
    expression, named = search_query(text), numbers.read(text, kinds.prefixes())
    if not expression:
        return tickets
    wanted = saying(user, expression)
    if telling := _telling(text):
        wanted = saying(user, telling) & saying(user, expression, by_index=False)
    return tickets.filter(wanted | Q(number__in=named) if named else wanted)


def _telling(text) -> str:
    """The query for the words of `text` that the index is asked for; empty when it is asked for all of them.

    The index collects every place where a word begins so before it compares the words: a million for a prefix that
    nearly every ticket holds, next to a word that twenty hold. Such a prefix is left to the reading of those twenty.
    """
    cut = runs(text)[:MOST_RUNS]
    if len(cut) < 2 or not any(_is_prefix(run) for run in cut):
        return ""
    parts = parts_of(text)[:MOST_RUNS]
    rarest = min(part for _run, part in parts)
    is_found_soon = rarest * _last_key() <= 2 * CAP
    kept = [
        run for run, part in parts
        if not _is_prefix(run) or part == rarest or (part < NEARLY_ALL and not is_found_soon)
    ]  # fmt: skip
    return " & ".join(run_query(run) for run in kept) if len(kept) < len(parts) else ""


def _is_prefix(run):
    return "*" in run_query(run)


def numbered(user, text) -> list:
    """Visible tickets whose number `text` is, with or without letters and zeros."""
    return _by_number(user, numbers.read(text, kinds.prefixes()))


def nearly_numbered(user, text) -> list:
    """Visible tickets whose number `text` may have been meant for, likeliest first, at most five."""
    return _by_number(user, numbers.near(text, kinds.prefixes()))[:5]


def _newest_or_all(tickets, *, is_common) -> list:
    """The keys of all of `tickets`; of more than CAP the newest before others, CAP + 1 or more."""
    if is_common:
        with _reading_rows():
            found = _recent(tickets)
        if len(found) > CAP:
            return found
    anywhere = list(tickets.order_by().values_list("pk", flat=True)[: CAP + 1])
    if not is_common and len(anywhere) > CAP:
        found = _recent(tickets)
    return list(dict.fromkeys([*found, *anywhere])) if len(anywhere) > CAP else anywhere


def _recent(tickets) -> list:
    window = tickets.filter(pk__gt=_last_key() - WINDOW).order_by("-pk")
    return list(window.values_list("pk", flat=True)[: CAP + 1])


def _last_key() -> int:
    return Ticket.objects.aggregate(newest=Max("pk"))["newest"] or 0


@contextmanager
def _reading_rows():
    """Within, rows are read in their order, and no index of words is asked: it would collect a million places first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        yield
        cursor.execute("SET LOCAL enable_bitmapscan TO DEFAULT")


def _by_number(user, wanted):
    found = Ticket.objects.visible_to(user).in_bulk(wanted, field_name="number") if wanted else {}
    return [found[number] for number in wanted if number in found]


def best(tickets, text="", *, limit, ready=lambda tickets: tickets) -> Best:
    """The best of a filtered queryset: those that say `text` in their title first, then the newest.

    PostgreSQL cannot tell where in a long history a word was used, and would read all of it in its order, or collect a
    million places where a frequent word stands. So what is common is looked for by reading the newest tickets, until
    there is enough of it; everything else is looked up in any order, at most CAP of it, and the newest are added.
    `ready` joins what is shown to the few that are.
    """
    found = _newest_or_all(tickets, is_common=prod(part for _run, part in parts_of(text)) >= CAP / WINDOW)
    is_capped = len(found) > CAP
    found = found[:CAP]
    in_title = search_query(text, weight="A")
    ranked = Ticket.objects.filter(pk__in=found).order_by("-pk")
    if in_title:
        asked = SearchQuery(in_title, search_type="raw", config="simple")
        tier = Case(When(search_vector=asked, then=Value(0)), default=Value(1), output_field=IntegerField())
        ranked = ranked.order_by(tier, "-pk")
    keys = list(ranked.values_list("pk", flat=True)[:limit])
    rows = {ticket.pk: ticket for ticket in ready(Ticket.objects.filter(pk__in=keys))}
    return Best([rows[key] for key in keys], min(len(found), CAP), is_capped)
