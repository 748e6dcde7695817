"""What the search page looks through. A new source is a function and a row of SOURCES, in the order of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.selectors import directory
from cmdb.models import ConfigurationItem
from knowledge import selectors as knowledge_selectors
from portal.search import marks
from tickets import selectors as tickets_selectors
from tickets.models import Comment, Ticket

# A name this much alike was probably meant; with fewer characters nothing is alike.
ALIKE, ALIKE_FROM = 0.35, 3
# Of the conversations of the tickets shown, so many entries are looked at for the words.
COMMENTS = 200


@dataclass(frozen=True)
class Hit:
    """One line of the page: where it leads, its marked title, what else tells it apart, and where the words stand;
    of an article its key."""

    url: str
    title: str
    number: str = ""
    facts: tuple = ()
    state: object = None
    excerpt: str = ""
    key: int | None = None


@dataclass(frozen=True)
class Found:
    """`count` is as people read it (`1000+`), empty where it tells nothing; `is_near`: these are only alike."""

    hits: list
    count: str = ""
    more_url: str = ""
    is_near: bool = False


@dataclass(frozen=True)
class Source:
    """`find(user, asked, limit) -> Found`. `is_for_desk`: requesters do not search it."""

    key: str
    label: str
    icon: str
    find: Callable
    is_for_desk: bool = False
    reads_fields: bool = False


def tickets(user, asked, limit):
    """The ticket of that number first, then the best by words; else numbers one slip away, or what is most alike."""
    exact = tickets_selectors.numbered(user, asked.words)
    best = tickets_selectors.best(
        asked.narrow(user, Ticket.objects.visible_to(user)), asked.words, limit=limit, ready=_ready
    )
    rows = [*exact, *(ticket for ticket in best.tickets if ticket not in exact)][:limit]
    near = [] if rows else tickets_selectors.nearly_numbered(user, asked.words) or _alike(user, asked, limit)
    said = _conversations(user, rows)
    hits = [_ticket_hit(user, asked, ticket, said.get(ticket.pk, ())) for ticket in rows or near]
    count = f"{best.count}+" if best.is_capped else str(max(best.count, len(rows)))
    return Found(hits, "" if near else count, _all_tickets(user, asked) if best.count > limit else "", bool(near))


def _alike(user, asked, limit):
    """Tickets that hold some of the words, the rarest counting most, where none holds all of them."""
    if asked.has_fields or asked.without or not asked.marked:
        return []
    alike = tickets_selectors.similar(user, " ".join(asked.marked), limit=limit)
    return _in_order([row.ticket for row in alike])


def _in_order(rows):
    ready = {ticket.pk: ticket for ticket in _ready(Ticket.objects.filter(pk__in=[row.pk for row in rows]))}
    return [ready[row.pk] for row in rows]


def articles(user, asked, limit):
    text = " ".join(asked.marked)
    hits = [
        Hit(
            url=f"{reverse('knowledge:article', args=[version.article_id])}?{urlencode({'q': text})}",
            title=marks.marked(version.title, asked.marked),
            number=version.article.number,
            key=version.article_id,
            facts=(version.article.service.name,) if version.article.service else (),
            excerpt=marks.snippet([version.summary, version.body], asked.marked) or version.summary,
        )
        for version in knowledge_selectors.found(user, text, limit=limit)
    ]
    more = f"{reverse('knowledge:articles')}?{urlencode({'q': text})}" if len(hits) == limit else ""
    return Found(hits, "", more)


def items(user, asked, limit):
    """Items whose names hold every word; else those whose name is nearly what was typed."""
    visible = ConfigurationItem.objects.visible_to(user).select_related("item_class")
    fitting = visible
    for word in asked.marked:
        fitting = fitting.found(word)
    rows = list(fitting.order_by("-is_active", "criticality", "slug")[:limit])
    text, is_near = " ".join(asked.marked), False
    if not rows and len(text) >= ALIKE_FROM:
        rows = list(visible.called_nearly(text, alike=ALIKE)[:3])
        is_near = bool(rows)
    hits = [
        Hit(
            url=_queue(f'item:"{item.slug}"'),
            title=marks.marked(item.name, asked.marked),
            number="" if item.slug == item.name else item.slug,
            facts=(item.item_class.name,),
        )
        for item in rows
    ]
    return Found(hits, is_near=is_near)


def people(user, asked, limit):
    rows = directory.lookup(user, " ".join(asked.marked))[:limit]
    return Found(
        [
            Hit(
                url=_queue(f"requester:{person.username}"),
                title=marks.marked(person.display_name, asked.marked),
                number=person.staff_number,
                facts=tuple(filter(None, (person.department and person.department.name, person.phone, person.email))),
            )
            for person in rows
        ]
    )


SOURCES = (
    Source("tickets", _("Tickets"), "ticket", tickets, reads_fields=True),
    Source("articles", _("Articles"), "book", articles),
    Source("items", _("Items"), "server", items, is_for_desk=True),
    Source("people", _("People"), "users", people, is_for_desk=True),
)


def look_through(user, asked, limit) -> list[tuple[Source, Found]]:
    """Every source that `user` searches and that can answer, with what it found; empty ones are left out."""
    if not asked.terms:
        return []
    able = [
        source for source in SOURCES
        if (user.is_staff_member or not source.is_for_desk)
        and (source.reads_fields or (not asked.has_fields and asked.marked))
    ]  # fmt: skip
    looked = [(source, source.find(user, asked, limit)) for source in able]
    return [(source, found) for source, found in looked if found.hits]


def url_of(user, ticket):
    return reverse("desk:ticket" if user.is_staff_member else "portal:ticket", args=[ticket.number])


def _ready(rows):
    return rows.select_related("requester", "service").defer("search_vector", "internal_vector")


def _ticket_hit(user, asked, ticket, said):
    named = [ticket.requester.display_name] if ticket.requester and user.is_staff_member else []
    if ticket.service:
        named.append(ticket.service.name)
    return Hit(
        url=url_of(user, ticket),
        title=marks.marked(ticket.title, asked.marked),
        number=ticket.number,
        facts=tuple(named),
        state=ticket.state_info,
        excerpt=marks.snippet([ticket.description, *said], asked.marked),
    )


def _conversations(user, rows) -> dict[int, list]:
    """What was said on tickets as far as `user` may read it, the latest first, and what solved them."""
    said = {}
    read = Comment.objects.visible_to(user).filter(ticket__in=[ticket.pk for ticket in rows]).order_by("-pk")
    for ticket, body in read.values_list("ticket", "body")[:COMMENTS] if rows else ():
        said.setdefault(ticket, []).append(body)
    for ticket, resolution in tickets_selectors.resolutions(rows).items():
        said.setdefault(ticket, []).insert(0, resolution)
    return said


def _all_tickets(user, asked):
    if user.is_staff_member:
        return _queue(asked.printed())
    return f"{reverse('portal:tickets')}?{urlencode({'status': 'all', 'q': ' '.join(asked.marked)})}"


def _queue(text):
    return f"{reverse('desk:queue')}?{urlencode({'view': 'all', 'q': text})}"
