"""Which tickets are like this one, and why: the same words, weighed by how rare they are, and the same circumstances.

Fast at any size: only the rarest words look for candidates, in the index of words, and only so many are compared.
The same tickets always give the same answer.
"""

from dataclasses import dataclass
from math import log

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Max, Value
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from core.text import is_han, pieces, runs
from tickets import kinds
from tickets.models import Ticket
from tickets.selectors.searching import WINDOW

# A word that more tickets hold is common; of rarer ones, so many look for candidates.
COMMON = 300
RAREST = 8
COMPARED = 200
WORDS = 24
BEGINNING = 1_000
# What a word weighs that no other ticket holds: little, but a text full of them is like no other.
UNHEARD = 3.0
# The share of our words, weighed by rarity, that another ticket must have; less is enough on the same item.
ENOUGH, ENOUGH_ON_ITEM = 0.3, 0.1
ITEM, CATEGORY, SERVICE, SOLVED = 0.3, 0.1, 0.05, 0.15


@dataclass(frozen=True)
class Similar:
    """`why` are the reasons in the reader's language, strongest first; `resolution` is what solved it, or empty."""

    ticket: Ticket
    why: list
    resolution: str


def similar(user, about, *, limit=5) -> list[Similar]:
    """Tickets visible to `user` that are like `about` (a ticket, or a text): solved ones with a resolution first."""
    text = f"{about.title}\n{about.description[:BEGINNING]}" if isinstance(about, Ticket) else about[:BEGINNING]
    ours = _weights(about, text)
    if all(weight == UNHEARD for weight in ours.values()):
        return []
    items = _items_of(about)
    candidates = _candidates(user, about, ours, items)
    on_items = _on_items(items, candidates)
    scored = []
    for row in candidates:
        share, shared = _shared(ours, row)
        same = _circumstances(about, row, row.pk in on_items)
        if share >= (ENOUGH_ON_ITEM if "item" in same else ENOUGH):
            scored.append((share + sum(same.values()) + SOLVED * (row.resolved_at is not None), row.pk, same, shared))
    chosen = sorted(scored, key=lambda found: (-found[0], -found[1]))[:limit]
    tickets = Ticket.objects.defer("description", "search_vector", "internal_vector")
    tickets = tickets.in_bulk([key for _score, key, _same, _shared in chosen])
    solved_by = resolutions(list(tickets.values()))
    found = [
        Similar(tickets[key], _reasons(text, ours, same, shared), solved_by.get(key, ""))
        for _score, key, same, shared in chosen
    ]
    return sorted(found, key=lambda row: not row.resolution)


def _weights(about, text) -> dict[str, float]:
    """How much each of our words tells: the fewer other tickets hold it, the more; one that none holds, a little."""
    words = list(dict.fromkeys(piece for run in runs(text) for piece in pieces(run) if len(piece) > 1))[:WORDS]
    counts = _counts(words)
    itself = int(isinstance(about, Ticket))
    others = {word: counts.get(word, 0) - itself for word in words}
    return {word: log(10 * COMMON / count) if count > 0 else UNHEARD for word, count in others.items()}


def _counts(words) -> dict[str, int]:
    """How many tickets hold each word in title or description, none counted beyond COMMON + 1, in one query."""
    if not words:
        return {}
    holding = [_holding(word).annotate(word=Value(word)).values("word")[: COMMON + 1] for word in words]
    first, *others = holding
    sql, parameters = (
        first.union(*others, all=True).query.sql_with_params() if others else first.query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, count(*) FROM ({sql}) AS held GROUP BY word", parameters)
        counted = dict(cursor.fetchall())
    return {word: counted[word] for word in words if word in counted}


def _holding(*words, joined="|"):
    expression = f" {joined} ".join(f"{word}:AB" for word in words)
    return Ticket.objects.order_by().filter(search_vector=SearchQuery(expression, search_type="raw", config="simple"))


def _candidates(user, about, ours, items):
    """The newest tickets that hold one of our rarest words, or of all if none is rare; and the newest on our items.

    Rows of what is compared alone: whole tickets by the hundred cost more than finding them.
    """
    heard = [word for word, weight in ours.items() if weight != UNHEARD]
    rare = sorted((word for word in heard if ours[word] > log(10)), key=lambda word: -ours[word])[:RAREST]
    if rare:
        found = _holding(*rare)
    else:
        newest = Ticket.objects.aggregate(newest=Max("pk"))["newest"] or 0
        found = _holding(*heard[:RAREST], joined="&").filter(pk__gt=newest - WINDOW)
    visible = Ticket.objects.visible_to(user).exclude(pk=about.pk if isinstance(about, Ticket) else None)
    keys = set(found.order_by("-pk").values_list("pk", flat=True)[:COMPARED])
    if items:
        through = Ticket.affected_items.through.objects.filter(configurationitem__in=items)
        keys |= set(through.order_by("-ticket").values_list("ticket", flat=True)[:COMPARED])
    read = visible.filter(pk__in=keys).annotate(beginning=Left("description", BEGINNING))
    return list(read.values_list("pk", "title", "beginning", "category_id", "service_id", "resolved_at", named=True))


def _on_items(items, candidates) -> set:
    """The keys of those candidates that concern one of our items."""
    if not items:
        return set()
    through = Ticket.affected_items.through.objects.filter(configurationitem__in=items)
    return set(through.filter(ticket__in=[row.pk for row in candidates]).values_list("ticket", flat=True))


def _shared(ours, ticket):
    """(the share of our weight that a ticket has too, the words)."""
    theirs = {piece for run in runs(f"{ticket.title}\n{ticket.beginning}") for piece in pieces(run)}
    shared = [word for word in ours if word in theirs]
    return sum(ours[word] for word in shared) / sum(ours.values()), shared


def _circumstances(about, ticket, is_on_item) -> dict[str, float]:
    same = {"item": ITEM} if is_on_item else {}
    if isinstance(about, Ticket):
        if about.category_id and about.category_id == ticket.category_id:
            same["category"] = CATEGORY
        if about.service_id and about.service_id == ticket.service_id:
            same["service"] = SERVICE
    return same


def _items_of(about) -> set:
    return set(about.affected_items.values_list("pk", flat=True)) if isinstance(about, Ticket) else set()


def _reasons(text, ours, same, shared) -> list[str]:
    words = " ".join(_readable(text, ours, set(shared)))
    told = {
        "item": _("same item"),
        "words": _("same words: %(words)s") % {"words": words} if words else "",
        "category": _("same category"),
        "service": _("same service"),
    }
    return [reason for key, reason in told.items() if reason and (key == "words" or key in same)]


def _readable(text, ours, shared) -> list[str]:
    """The shared words as they stand in the text, pairs of Han characters put together again; the three that tell most
    in the order of the text."""
    stretches = {}
    for run in runs(text):
        stretch, weight = "", 0.0
        for piece in [*pieces(run), ""]:
            if piece in shared:
                stretch = stretch + piece[-1] if stretch and is_han(piece) else piece
                weight += ours[piece]
            elif stretch:
                stretches.setdefault(stretch, weight)
                stretch, weight = "", 0.0
    telling = sorted(stretches, key=lambda stretch: -stretches[stretch])[:3]
    return [stretch for stretch in stretches if stretch in telling]


def resolutions(tickets) -> dict[int, str]:
    """What solved each ticket, where its kind keeps such words; one query per kind."""
    found = {}
    for kind in {ticket.kind for ticket in tickets}:
        model = kinds.model_of(kind)
        if any(field.name == "resolution_notes" for field in model._meta.fields):
            rows = model._base_manager.filter(pk__in=[ticket.pk for ticket in tickets if ticket.kind == kind])
            found |= dict(rows.exclude(resolved_at=None).values_list("pk", "resolution_notes"))
    return found
