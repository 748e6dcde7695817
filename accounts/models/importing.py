"""A staff directory that comes as a file: the run, and what each of its lines comes to."""

import secrets

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def random_path(run, filename):
    """Names of files say nothing and cannot be guessed; people's names for them are kept in `DirectoryImport.name`."""
    return f"directories/{secrets.token_urlsafe(24)}"


class DirectoryImport(models.Model):
    """A file on its way through naming its columns, checking and applying.

    `columns` is {column: target}, `counts` {verdict: lines}. `digest` is that of the lines shown: what is applied is
    what was shown. `done` of `total` lines are finished. `attempts` counts workers that began the present work.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("import", "Uploaded")
        PLANNING = "planning", pgettext_lazy("import", "Being checked")
        PLANNED = "planned", pgettext_lazy("import", "Checked")
        APPLYING = "applying", pgettext_lazy("import", "Being applied")
        APPLIED = "applied", pgettext_lazy("import", "Applied")
        DISCARDED = "discarded", pgettext_lazy("import", "Discarded")
        FAILED = "failed", pgettext_lazy("import", "Failed")

    WORKING = (State.PLANNING, State.APPLYING)

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    ledger_kind = "directory_import"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("directory import")
        indexes = [
            models.Index(fields=["id"], name="directory_waiting", condition=Q(state__in=("planning", "applying")))
        ]

    def __str__(self):
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING


class DirectoryLine(models.Model):
    """What one line does: `diff` is {target: [before, after]} in words, `message` what is wrong with it.

    Somebody who is missing in the file has a line as well, with number 0: they are proposed for leaving.
    """

    class Verdict(models.TextChoices):
        CREATE = "create", pgettext_lazy("import", "New")
        UPDATE = "update", pgettext_lazy("import", "Changed")
        SAME = "same", pgettext_lazy("import", "Same")
        MISSING = "missing", pgettext_lazy("import", "Missing in the file")
        ERROR = "error", pgettext_lazy("import", "Error")

    run = models.ForeignKey(DirectoryImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    diff = models.JSONField(default=dict)
    message = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "verdict", "id"], name="directory_line_by_verdict")]

    def __str__(self):
        return f"{self.run_id}:{self.number}"
