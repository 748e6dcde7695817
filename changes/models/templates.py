"""Templates of standard changes: approved once, used until they expire or fail too often."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from changes.vocabulary import MOST_WATCH_HOURS, WATCH_HOURS, TemplateState
from core import clock
from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet


class TemplateQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk see the templates for the organisations they serve and those for all."""
        if not user.is_staff_member:
            return Q(pk=None)
        return Q(organisation=None) | Q(organisation__in=user.served_organisation_ids)

    def usable(self):
        return self.filter(state=TemplateState.APPROVED, valid_until__gte=timezone.localdate(clock.now()))


class ChangeTemplate(BilingualName):
    """What a standard change takes over word for word. `steps` and `back_out_steps` hold one step a line.

    Approved by a change manager who did not write it, until `valid_until` (that day included). After `suspend_after`
    changes since then that failed or were backed out it is suspended by itself, until somebody approves it again.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="change_templates",
        verbose_name=_("organisation"),
    )  # fmt: skip
    service = models.ForeignKey(
        "cmdb.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("service")
    )
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("team")
    )
    item_classes = models.ManyToManyField(
        "cmdb.ItemClass", blank=True, related_name="+", verbose_name=_("for items of these classes")
    )
    description = models.TextField(_("description"), blank=True, default="")
    plan = models.TextField(_("implementation plan"))
    steps = models.TextField(_("steps"), blank=True, default="")
    rollback_plan = models.TextField(_("back-out plan"))
    back_out_steps = models.TextField(_("steps back"), blank=True, default="")
    test_evidence = models.TextField(_("test evidence"))
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=60)
    watch_hours = models.PositiveSmallIntegerField(_("hours of watching"), default=WATCH_HOURS)
    suspend_after = models.PositiveSmallIntegerField(_("suspended after so many failures"), default=2)
    state = models.CharField(
        _("state"), max_length=10, choices=TemplateState.choices, default=TemplateState.DRAFT, editable=False
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    valid_until = models.DateField(_("valid until"), null=True, editable=False)
    # Who keeps it was told that its end comes near, once for each approval.
    end_told_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="", editable=False)

    objects = TemplateQuerySet.as_manager()

    ledger_kind = "change_template"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["pk"]
        verbose_name = _("change template")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False, valid_until__isnull=False),
                name="template_approved_by_somebody_until_a_day",
            ),
            models.CheckConstraint(condition=~Q(approved_by=F("written_by")), name="template_approved_by_another"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 10_080), watch_hours__lte=MOST_WATCH_HOURS, suspend_after__gte=1),
                name="template_figures_make_sense",
            ),
        ]  # fmt: skip

    def keepers(self) -> list[int]:
        """Keys of who wrote it and who approved it."""
        return sorted({self.written_by_id, self.approved_by_id} - {None})

    @property
    def is_usable(self) -> bool:
        return self.state == TemplateState.APPROVED and self.valid_until >= timezone.localdate(clock.now())
