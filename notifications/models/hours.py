"""When a person wants their mails about deadlines."""

from django.conf import settings
from django.db import models


class MailHours(models.Model):
    """Mails about deadlines wait for the working hours of `calendar`; the fact, the bell and calls never wait."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_hours")
    calendar = models.ForeignKey("sla.Calendar", on_delete=models.CASCADE, related_name="+")

    def __str__(self):
        return f"{self.user_id}: {self.calendar}"
