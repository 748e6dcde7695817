"""Who follows a ticket, and how tickets hang together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Watcher(models.Model):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="watchers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watched")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="watches_once")]

    def __str__(self):
        return f"{self.user_id} watches {self.ticket_id}"


class TicketLink(models.Model):
    """`source` relates to `target` in a named way; each way has a word for either end."""

    class Kind(models.TextChoices):
        RELATES = "relates", _("relates to")
        DUPLICATES = "duplicates", _("duplicates")
        CAUSED_BY = "caused_by", _("is caused by")
        FOLLOWS_UP = "follows_up", _("follows up")
        SPLIT_FROM = "split_from", _("was split from")
        SOLVED_BY = "solved_by", _("is solved by")

    INVERSE = {
        "relates": _("relates to"),
        "duplicates": _("is duplicated by"),
        "caused_by": _("caused"),
        "follows_up": _("is followed up by"),
        "split_from": _("was split into"),
        "solved_by": _("solves"),
    }

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="linked_once_per_kind"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="not_linked_to_itself"),
        ]

    def __str__(self):
        return f"{self.source_id} {self.kind} {self.target_id}"
