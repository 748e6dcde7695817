"""A person's rights over what is kept about them: a copy, and being forgotten."""

import secrets

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock


def random_path(export, filename):
    """Names of files say nothing and cannot be guessed."""
    return f"exports/{secrets.token_urlsafe(24)}"


class PersonalExport(models.Model):
    """Everything about a person in one archive, made by a worker; the file ends at `expires_at`."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "Being made")
        READY = "ready", pgettext_lazy("export", "Ready")
        EXPIRED = "expired", pgettext_lazy("export", "Expired")
        FAILED = "failed", pgettext_lazy("export", "Failed")

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    ledger_kind = "personal_export"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("personal data export")
        indexes = [models.Index(fields=["id"], name="personal_export_waiting", condition=Q(state="waiting"))]

    def __str__(self):
        return f"{self.person_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.READY and self.expires_at > clock.now()


class Erasure(models.Model):
    """One administrator asks for it, another one decides; done or refused, it stays on record with its reason."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("erasure", "Waits for a second person")
        DONE = "done", pgettext_lazy("erasure", "Done")
        REFUSED = "refused", pgettext_lazy("erasure", "Refused")

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="erasures")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("erasure of personal data")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="asked"), name="one_erasure_asked_per_person"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="erasure_takes_two"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.state}"
