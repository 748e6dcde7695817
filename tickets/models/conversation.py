"""What was said and what was sent along."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from core.stored import StoredFile, unguessable
from tickets.models.ticket import Ticket
from tickets.vocabulary import Channel


class ConversationQuerySet(VisibleQuerySet):
    """Follows the ticket's visibility; internal rows only for staff of an organisation they serve."""

    def visibility(self, user) -> Q:
        seen = Q(ticket__in=Ticket.objects.visible_to(user))
        if not user.is_staff_member:
            return seen & Q(is_internal=False)
        return seen & (Q(is_internal=False) | Q(ticket__organisation__in=user.served_organisation_ids))


class Comment(models.Model):
    """A public reply or an internal note, in Markdown. Never edited: the ledger and the mail carry the same words.

    A reply that was withdrawn before anybody outside was told is internal from then on.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="comments")
    body = models.TextField(_("text"))
    is_internal = models.BooleanField(_("internal note"), default=False)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.PORTAL)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ticket", "id"], name="comments_of_ticket")]

    def __str__(self):
        return f"{self.ticket_id}: {self.body[:40]}"


def random_path(attachment, filename):
    return unguessable("attachments")


class Attachment(StoredFile):
    """A file that came with a ticket or with words on it; internal ones are for those who read internal notes."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200)
    is_internal = models.BooleanField(default=False)

    objects = ConversationQuerySet.as_manager()
