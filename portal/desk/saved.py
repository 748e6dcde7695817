"""Saved views: a name for a queue address, for oneself, a team or everybody."""

from django.db import transaction
from django.http import QueryDict

from core.errors import NotAllowed
from core.text import clean_text
from portal.desk import query
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


@transaction.atomic
def save(*, owner, name, audience, team, text):
    """Keep a queue address under a name."""
    return SavedView.objects.create(
        owner=owner, name=clean_text(name)[:60], audience=audience, team=team, query=address_of(owner, text)
    )


@transaction.atomic
def rename(view, *, actor, name, audience, team):
    _refuse_foreign(view, actor)
    view.name, view.audience, view.team = clean_text(name)[:60], audience, team
    view.save(update_fields=["name", "audience", "team"])


@transaction.atomic
def delete(view, *, actor):
    _refuse_foreign(view, actor)
    view.delete()


def _refuse_foreign(view, actor):
    """Shared views are read by many and changed by their owner or an administrator."""
    if view.owner_id != actor.pk and not actor.sees_everything:
        raise NotAllowed
