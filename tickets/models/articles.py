"""Which articles helped with a ticket, or were written from it."""

from django.conf import settings
from django.db import models

from tickets.models.ticket import Ticket


class TicketArticle(models.Model):
    """An article on a ticket. `is_source` says that the article was written down from this very ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="article_links")
    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="ticket_links")
    is_source = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ticket", "article"], name="article_linked_once_per_ticket")]

    def __str__(self):
        return f"{self.ticket_id}: {self.article_id}"
