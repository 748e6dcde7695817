"""How tickets hang together: links in named ways, and one parent."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from tickets import rules
from tickets.models import Ticket, TicketLink
from tickets.services import door

MAX_DEPTH = 3


@transaction.atomic
def link(source, target, *, kind, actor, at=None, is_trusted=False):
    """Relate two tickets; publishes `ticket.linked` on the source. Linking twice changes nothing.

    `is_trusted` records the actor without asking whether they work the source: the caller has asked.
    Raises InvalidInput (itself, unknown kind), NotAllowed (a bystander), Refused (`target` was closed as a duplicate:
    what it is about goes on at another ticket).
    """
    if source.pk == target.pk:
        raise InvalidInput({"target": [_("A ticket cannot be linked to itself.")]})
    if kind not in TicketLink.Kind.values:
        raise InvalidInput({"kind": [_("Choose one of the listed values.")]})
    source = door.lock(source)
    if not is_trusted:
        _refuse_bystander(actor, source)
    if kind != TicketLink.Kind.FOLLOWS_UP:
        _refuse_duplicate(target)
    at = at or door.instant(source)
    made, created = TicketLink.objects.get_or_create(
        source_id=source.pk, target_id=target.pk, kind=kind, defaults={"created_by": actor, "created_at": at}
    )
    if created:
        before = door.snapshot(source)
        door.write(
            source, "ticket.linked", actor=actor, before=before, at=at, is_public=False,
            kind=kind, target=target.pk, number=target.number,
        )  # fmt: skip
    return made


@transaction.atomic
def unlink(made, *, actor):
    """Remove a link; publishes `ticket.unlinked` on its source."""
    source = door.lock(made.source)
    _refuse_bystander(actor, source)
    before = door.snapshot(source)
    number, kind = made.target.number, made.kind
    made.delete()
    door.write(source, "ticket.unlinked", actor=actor, before=before, is_public=False, kind=kind, number=number)


@transaction.atomic
def set_parent(ticket, parent, *, actor, version=None):
    """Hang a ticket under another (None: take it out). Publishes `ticket.parented`.

    Both are locked in key order, so that two people attaching each to the other cannot deadlock or close a ring.
    Raises Refused when it would make a cycle, go deeper than three levels, or the parent is closed.
    """
    for pk in sorted(t.pk for t in (ticket, parent) if t is not None):
        Ticket.objects.select_for_update().get(pk=pk)
    ticket = door.lock(ticket, version=version)
    _refuse_bystander(actor, ticket)
    if parent is not None:
        parent.refresh_from_db()
        _refuse_bad_parent(ticket, parent)
    before = door.snapshot(ticket)
    ticket.parent_id = parent.pk if parent else None
    door.write(
        ticket, "ticket.parented", actor=actor, before=before, is_public=False,
        number=parent.number if parent else None,
    )  # fmt: skip
    return ticket


def _refuse_bystander(actor, ticket):
    """Those who dispatch or work it, and whoever raised it (a follow-up links itself); None is the system."""
    if actor is not None and not (rules.triages_it(actor, ticket) or rules.raised_it(actor, ticket)):
        raise NotAllowed()


def _refuse_duplicate(target):
    """The ticket that goes on is named, so that one can link with that."""
    if not target.state_info.is_final:
        return
    made = target.links_out.filter(kind=TicketLink.Kind.DUPLICATES).select_related("target").first()
    if made is not None:
        raise Refused(_("It is a duplicate: link it with %(number)s.") % {"number": made.target.number})


def _refuse_bad_parent(ticket, parent):
    if parent.state_info.is_final:
        raise Refused(_("%(number)s is closed and takes no more children.") % {"number": parent.number})
    depth, above = 1, parent
    while above is not None:
        if above.pk == ticket.pk:
            raise Refused(_("%(number)s already lies below this ticket.") % {"number": parent.number})
        depth, above = depth + 1, above.parent
        if depth > MAX_DEPTH:
            raise Refused(_("Tickets are nested at most %(depth)s levels deep.") % {"depth": MAX_DEPTH})
