"""Addresses under which a calendar program reads what one person may see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A secret address of one person. Only its digest is kept; it shows what the person may see when it is read."""

    class Content(models.TextChoices):
        MINE = "mine", _("Changes I carry out or look after, my shifts and calls")
        TEAMS = "teams", _("Changes of my teams")
        ALL = "all", _("All changes I may see, and freezes")

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="calendar_feeds")
    content = models.CharField(_("what it shows"), max_length=8, choices=Content.choices, default=Content.MINE)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("calendar feed")

    def __str__(self):
        return f"{self.user} {self.content}"
