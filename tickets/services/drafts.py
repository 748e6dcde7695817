"""What was typed and not yet sent: kept for the person, wherever they sign in, until it is sent or a month passed."""

from datetime import timedelta

from django.db import transaction

from core import clock
from core.errors import InvalidInput
from core.text import clean_text
from tickets.models import Draft

KEPT_FOR = timedelta(days=30)
MOST_FIELDS = 30
LONGEST = 50_000


@transaction.atomic
def keep_draft(*, person, kind, values, ticket=None):
    """Store the fields of a form; nothing typed is nothing to keep. Raises InvalidInput (too many, too long)."""
    if len(values) > MOST_FIELDS or any(len(value) > LONGEST for value in values.values()):
        raise InvalidInput({})
    typed = {name: text for name, value in values.items() if (text := clean_text(value))}
    if not typed:
        drop_draft(person=person, kind=kind, ticket=ticket)
        return None
    return Draft.objects.update_or_create(
        person=person, ticket_id=ticket and ticket.pk, kind=kind,
        defaults={"values": typed, "updated_at": clock.recorded_now()},
    )[0]  # fmt: skip


def drop_draft(*, person, kind, ticket=None):
    Draft.objects.filter(person=person, ticket_id=ticket and ticket.pk, kind=kind).delete()


def sweep_drafts() -> int:
    """Delete what nobody has touched for a month. Returns how many."""
    return Draft.objects.filter(updated_at__lt=clock.recorded_now() - KEPT_FOR).delete()[0]
