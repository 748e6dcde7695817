"""One import, and what each of its lines comes to."""

import secrets

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.items import ConfigurationItem
from cmdb.models.sources import Source
from cmdb.vocabulary import RunState, Verdict
from core.querysets import VisibleQuerySet

WORKING = (RunState.PLANNING, RunState.APPLYING, RunState.UNDOING)


def random_path(run, filename):
    """Names of files say nothing and cannot be guessed; people's names for them are kept in `ImportRun.name`."""
    return f"imports/{secrets.token_urlsafe(24)}"


class ImportRunQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(source__in=Source.objects.visible_to(user).values("pk"))


class ImportRun(models.Model):
    """A file of a source on its way through checking, applying and undoing; or a report of an agent.

    `columns` is {column: target} as named for this file, `counts` {verdict: lines}; what stays the same is counted and
    not kept as a line. `digest` is that of the plan: what is applied is what was shown. `done` of `total` steps are
    finished (`total` 0: nobody knows yet). `attempts` counts workers that began the present work, so that a file which
    kills them is given up.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.UPLOADED)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    ledger_kind = "import-run"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        indexes = [models.Index(fields=["id"], name="import_run_waiting", condition=Q(state__in=WORKING))]

    def __str__(self):
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def rows(self) -> int:
        """Lines of the file that were looked at."""
        return sum(self.counts.values())


class ImportLineQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Lines of runs one sees, about items one sees or about none yet."""
        items = ConfigurationItem.objects.visible_to(user).values("pk")
        runs = ImportRun.objects.visible_to(user).values("pk")
        return Q(run__in=runs) & (Q(item__isnull=True) | Q(item__in=items))


class ImportLine(models.Model):
    """What one line does to one item; everything that is needed to write it, and to take it back.

    `diff` is {target: [before, after]} of what is written, `kept` {target: [held, said]} of what is not, because
    somebody of more authority says otherwise or two sources quarrel. `claims` holds what source and people said before
    and after. `raw` is the line as read, where it could not be used. `version` is the item's after writing.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    item = models.ForeignKey(ConfigurationItem, null=True, on_delete=models.SET_NULL, related_name="import_lines")
    slug = models.CharField(max_length=80, blank=True)
    item_class = models.CharField(max_length=40, blank=True)
    diff = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    kept = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    claims = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    raw = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    message = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(null=True)
    left = models.CharField(_("why it was not undone"), max_length=300, blank=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("line of an import")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_line_once")]
        indexes = [models.Index(fields=["run", "verdict", "number"], name="import_line_by_verdict")]

    def __str__(self):
        return f"{self.run_id}:{self.number}"
