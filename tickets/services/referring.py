"""Articles that public words refer to: who reads them has to be able to open those, or the writer knows better.

Every door passes here, because `conversation.comment` and `transitions.move` do. A door that can ask again catches
`UnreadableArticles`, shows it, and repeats the command inside `knowing`.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import InvalidInput
from knowledge.selectors.readers import closed_to, referred
from tickets.selectors import watching

NAMED = 3
_known: ContextVar[frozenset] = ContextVar("known_articles", default=frozenset())


class UnreadableArticles(InvalidInput):
    """Public words refer to `articles` (`knowledge.selectors.readers.Closed`) that some of their readers cannot open.

    422, and in the API `articles` tells machines what to confirm. `keys` are those to be known then. Nothing was
    written.
    """

    code = "unreadable_articles"

    def __init__(self, fields, articles):
        super().__init__(fields, _("Some who read this cannot open the articles it refers to. Nothing was sent."))
        self.articles = articles
        self.keys = sorted({article.pk for article in articles} | _known.get())
        self.sentences = [sentence(article) for article in articles]
        self.more = {"articles": [_plain(article) for article in articles]}


@contextmanager
def knowing(articles):
    """Inside, the writer knows that some readers cannot open these articles (keys), and means it."""
    token = _known.set(frozenset(articles))
    try:
        yield
    finally:
        _known.reset(token)


def refuse_unreadable(ticket, texts, *, author):
    """Raises UnreadableArticles where a public text of the desk (`texts` by field) refers to what its readers cannot
    open, unless its writer knows.

    People outside the desk are never asked, nor is anybody on a ticket of their own: they ask, they do not advise.
    """
    if author is None or not author.is_staff_member or author.pk == ticket.requester_id:
        return
    named = {field: referred(text) - _known.get() for field, text in texts.items() if text}
    articles = set().union(*named.values())
    closed = closed_to(_readers(ticket, author), articles, writer=author) if articles else []
    if closed:
        fields = {field: [sentence(one) for one in closed if one.pk in keys] for field, keys in named.items()}
        raise UnreadableArticles({field: told for field, told in fields.items() if told}, closed)


def sentence(article) -> str:
    """Who cannot open it: the first few by name."""
    names = [person.display_name for person in article.readers]
    if len(names) > NAMED:
        names = [*names[:NAMED], _("%(count)s more") % {"count": len(names) - NAMED}]
    return _("%(names)s cannot open %(article)s.") % {"names": _(", ").join(names), "article": article}


def _readers(ticket, author):
    """Whoever raised it, and whoever follows it as far as the writer may know; the writer knows what they wrote."""
    raised = User.objects.filter(pk__in=(ticket.requester_id, ticket.opened_by_id))
    people = User.objects.filter(pk__in=raised.values("pk").union(watching(ticket, author).values("pk")))
    return people.active().exclude(pk=author.pk).order_by("pk")


def _plain(article):
    readers = [{"id": person.pk, "name": person.display_name} for person in article.readers]
    return {"id": article.pk, "number": article.number, "title": article.title, "readers": readers}
