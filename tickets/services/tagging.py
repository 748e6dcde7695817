"""Free words on tickets, each in one spelling."""

import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from tickets import rules
from tickets.models import Tag, Ticket, TicketTag
from tickets.services import door

MOST = 20
LONGEST = 30


def tag_name(text) -> str:
    """The one spelling of a tag: full-width forms folded, lower case, blanks and `#` gone, inner blanks as `-`."""
    folded = unicodedata.normalize("NFKC", clean_text(text)).casefold()
    return "-".join(folded.replace(",", " ").replace("#", " ").split())


@transaction.atomic
def tag(ticket, *, actor, add=(), remove=()):
    """Add and remove tags; words are brought into their one spelling, and what changes nothing says nothing.

    Publishes `ticket.tagged` with the names that came and went. Raises NotAllowed (people who do not work it),
    InvalidInput (too long, more than MOST on one ticket).
    """
    if actor is not None and not rules.triages_it(actor, ticket):
        raise NotAllowed()
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    before = set(ticket.tags.values_list("name", flat=True))
    going = {tag_name(word) for word in remove} & before
    coming = {name for word in add if (name := tag_name(word))} - before
    _check(coming, before - going | coming)
    if not (coming or going):
        return
    TicketTag.objects.filter(ticket=ticket.pk, tag__name__in=going).delete()
    Tag.objects.bulk_create([Tag(name=name) for name in coming], ignore_conflicts=True)
    TicketTag.objects.bulk_create(
        [TicketTag(ticket_id=ticket.pk, tag=found) for found in Tag.objects.filter(name__in=coming)]
    )
    door.note(ticket, "ticket.tagged", actor=actor, added=sorted(coming), removed=sorted(going))


def _check(coming, after):
    if any(len(name) > LONGEST for name in coming):
        raise InvalidInput({"tags": [_("A tag has at most %(limit)s characters.") % {"limit": LONGEST}]})
    if len(after) > MOST:
        raise InvalidInput({"tags": [_("At most %(limit)s tags fit on one ticket.") % {"limit": MOST}]})
