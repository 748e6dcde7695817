"""Finding tickets by words and numbers. Words said only inside the desk are found only by those who may read them."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, Max, Q, Value, When

from core.text import search_query
from tickets import kinds, numbers
from tickets.models import Ticket

# Beyond this many, a count is "1000+" and the newest are ranked among themselves.
CAP = 1_000
# A word that fills the count within so many of the newest tickets is looked for no further.
WINDOW = 10_000


@dataclass(frozen=True)
class Best:
    """`tickets` best first; `count` stops at CAP, `is_capped` says that there are more."""

    tickets: list
    count: int
    is_capped: bool


def saying(user, expression) -> Q:
    """Tickets that say what a tsquery `expression` asks for, in words that `user` may read.

    Expects tickets that are visible to them: whose internal notes they read is `tickets.rules.reads_internal`.
    """
    asked = SearchQuery(expression, search_type="raw", config="simple")
    public = Q(search_vector=asked)
    if not user.is_staff_member:
        return public
    internal = Q(internal_vector=asked)
    if not user.sees_everything:
        internal &= Q(organisation__in=user.served_organisation_ids)
    return public | internal


def matching(user, tickets, text):
    """`tickets`, visible to `user`, that contain every word of `text` (Han characters in a row count as a phrase).

    A number finds its ticket too. A text without anything that can be searched for leaves `tickets` as they are.
    """
    expression, named = search_query(text), numbers.read(text, kinds.prefixes())
    if not expression:
        return tickets
    wanted = saying(user, expression)
    return tickets.filter(wanted | Q(number__in=named) if named else wanted)


def numbered(user, text) -> list:
    """Visible tickets whose number `text` is, with or without letters and zeros."""
    return _by_number(user, numbers.read(text, kinds.prefixes()))


def nearly_numbered(user, text) -> list:
    """Visible tickets whose number `text` may have been meant for, likeliest first, at most five."""
    return _by_number(user, numbers.near(text, kinds.prefixes()))[:5]


def _recent(tickets):
    newest = Ticket.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return tickets.filter(pk__gt=newest - WINDOW)


def _by_number(user, wanted):
    found = Ticket.objects.visible_to(user).in_bulk(wanted, field_name="number") if wanted else {}
    return [found[number] for number in wanted if number in found]


def best(tickets, text="", *, limit, ready=lambda tickets: tickets) -> Best:
    """The best of a filtered queryset: those that say `text` in their title first, then the newest.

    PostgreSQL cannot tell where in a long history a word was used, and would read all of it in its order, or collect a
    million places where a frequent word stands. So the newest tickets are looked at first, where a frequent word is
    soon found often enough; what is not frequent there is looked up in any order, at most CAP of it.
    `ready` joins what is shown to the few that are.
    """
    found = list(_recent(tickets).order_by("-pk").values_list("pk", flat=True)[: CAP + 1])
    if len(found) <= CAP:
        anywhere = tickets.order_by().values_list("pk", flat=True)[: CAP + 1]
        found = list(dict.fromkeys([*found, *anywhere]))
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
