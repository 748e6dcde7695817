"""Saved views: a name for a queue address, for oneself, a team or everybody."""

from django.http import QueryDict

from portal.desk import query
from tickets import services as tickets
from tickets.models import SavedView

SHOWN = 20


def visible(user) -> list:
    """Saved views that `user` is offered, in their order; at most SHOWN."""
    return list(SavedView.objects.visible_to(user)[:SHOWN])


def countable(user, views):
    """(view, its tickets) for those whose count costs no search for words."""
    asked = [(view, query.read(user, QueryDict(view.query))) for view in views]
    return [(view, query.tickets_for(user, wanted)) for view, wanted in asked if not wanted.q and wanted.view != "all"]


def address_of(user, text) -> str:
    """A queue address in its one spelling, without a page or anything unknown."""
    return query.read(user, QueryDict(text[:500].lstrip("?"))).encoded()[:500]


def save(*, owner, text, **values):
    """Keep a queue address under a name."""
    return tickets.keep(SavedView(), actor=owner, query=address_of(owner, text), **values)
