"""Changing a ticket's properties in place."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from tickets import rules
from tickets.models import PriorityRule
from tickets.services import door

EDITABLE = (
    "title",
    "description",
    "impact",
    "urgency",
    "priority",
    "priority_reason",
    "service",
    "category",
    "requester",
    "contact",
    "place",
    "affected_items",
)


@transaction.atomic
def edit(ticket, *, actor, changes, version=None, at=None):
    """Change properties of a ticket that is not closed.

    In order: lock; refuse a stale version; refuse foreign fields and people who do not work it; a new impact or
    urgency sets the priority from the matrix; a priority other than the matrix gives needs a reason; save; publish
    `ticket.edited`. Nothing is published when nothing changed. Raises Stale, NotAllowed, InvalidInput.
    """
    ticket = door.lock(ticket, version=version)
    change(ticket, actor=actor, changes=changes, at=at)
    return ticket


def change(ticket, *, actor, changes, at=None):
    """The part of `edit` after the lock, for commands that already hold it. A refusal changes nothing."""
    changes = dict(changes)
    unknown = {name: [_("This field cannot be changed.")] for name in changes if name not in EDITABLE}
    if unknown:
        raise InvalidInput(unknown)
    if actor is not None and not rules.triages_it(actor, ticket):
        raise NotAllowed()
    if ticket.state_info.is_final:
        raise NotAllowed(_("A closed ticket is not changed any more."))
    before = door.snapshot(ticket)
    items = changes.pop("affected_items", None)
    items_before = sorted(ticket.affected_items.values_list("pk", flat=True)) if items is not None else []
    _apply(ticket, changes)
    data = {}
    if items is not None:
        wanted = sorted(item.pk for item in items)
        if wanted != items_before:
            ticket.affected_items.set(wanted)
            data["affected_items"] = [items_before, wanted]
    if not data and door.difference(before, door.snapshot(ticket)) == {}:
        return
    door.write(ticket, "ticket.edited", actor=actor, before=before, at=at, **data)


def priority_of(impact, urgency) -> int:
    """The matrix's priority for impact × urgency."""
    return PriorityRule.objects.get(impact=impact, urgency=urgency).priority


def _apply(ticket, changes):
    for name in ("title", "description", "contact", "place", "priority_reason"):
        if name in changes:
            changes[name] = clean_text(changes[name])
            limit = ticket._meta.get_field(name).max_length
            if limit and len(changes[name]) > limit:
                message = _("At most %(limit)s characters; this has %(length)s.")
                raise InvalidInput({name: [message % {"limit": limit, "length": len(changes[name])}]})
    if "title" in changes and not changes["title"]:
        raise InvalidInput({"title": [_("This field is required.")]})
    if {"impact", "urgency", "priority"} & changes.keys():
        _settle_priority(ticket, changes)
    for name, value in changes.items():
        setattr(ticket, name, value)


def _settle_priority(ticket, changes):
    from_matrix = priority_of(changes.get("impact", ticket.impact), changes.get("urgency", ticket.urgency))
    if changes.get("priority") is None:
        # Impact or urgency moved: the matrix speaks again and an old override ends.
        changes |= {"priority": from_matrix, "priority_reason": ""}
    elif changes["priority"] == from_matrix:
        changes["priority_reason"] = ""
    elif not changes.get("priority_reason"):
        raise InvalidInput({"priority_reason": [_("Say why the priority differs from the matrix.")]})
