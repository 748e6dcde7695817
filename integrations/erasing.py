"""Forgetting somebody in the letters they wrote: the raw letter goes, the line in the mailbox stays without them."""

from django.core.files.base import ContentFile

from integrations.models import InboundMessage


def letters_of(person) -> list:
    """The letters from their address."""
    return [InboundMessage.objects.filter(sender__iexact=person.email)] if person.email else []


def erase(person, identity):
    """Taking a letter in twice is still noticed: its Message-ID is kept."""
    for letter in (letter for rows in letters_of(person) for letter in rows.iterator(chunk_size=500)):
        letter.raw.delete(save=False)
        letter.raw.save("letter", ContentFile(b""), save=False)
        letter.sender, letter.sender_name = "", identity.pseudonym
        letter.subject = identity.scrubbed(letter.subject)
        letter.detail = identity.scrubbed(letter.detail)
        letter.save(update_fields=["raw", "sender", "sender_name", "subject", "detail"])
