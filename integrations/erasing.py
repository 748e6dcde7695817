"""Forgetting somebody in the letters they wrote: the raw letter goes, the line in the mailbox stays without them."""

from django.core.files.base import ContentFile

from integrations.models import InboundMessage


def erase(person, identity):
    """Taking a letter in twice is still noticed: its Message-ID is kept."""
    if not person.email:
        return
    for letter in InboundMessage.objects.filter(sender__iexact=person.email):
        letter.raw.delete(save=False)
        letter.raw.save("letter", ContentFile(b""), save=False)
        letter.sender, letter.sender_name = "", identity.pseudonym
        letter.subject = identity.scrubbed(letter.subject)
        letter.detail = identity.scrubbed(letter.detail)
        letter.save(update_fields=["raw", "sender", "sender_name", "subject", "detail"])
