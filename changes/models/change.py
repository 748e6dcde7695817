"""A change: what a ticket does not have already."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from changes.vocabulary import MOST_WATCH_HOURS, WATCH_HOURS, ChangeType, Outcome, Records
from changes.workflow import CHANGE, LEFT_OUT
from tickets.models import Ticket, TicketQuerySet
from tickets.vocabulary import RoundState


class ChangeQuerySet(TicketQuerySet):
    def planned_between(self, start, end):
        """Those whose planned time meets the span from `start` to `end` (end excluded)."""
        return self.filter(planned_start__lt=end, planned_end__gt=start)


class Change(Ticket):
    """The addition, modification or removal of anything that could affect services (ITIL 4).

    Its affected items are the ticket's. `scope_hash` is the scope it was last sent for approval or scheduled with: of
    another scope, neither approval nor place in the calendar holds (`changes.selectors.scope`). `watch_hours` after
    the work, until `watch_until`, what fails is looked at as caused by it.
    """

    # A ticket finds its own kind by the name of the kind.
    ticket_ptr = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="change"
    )
    type = models.CharField(
        pgettext_lazy("change", "type"), max_length=10, choices=ChangeType.choices, default=ChangeType.NORMAL
    )
    template = models.ForeignKey(
        "changes.ChangeTemplate", null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    planned_start = models.DateTimeField(_("planned start"), null=True, blank=True)
    planned_end = models.DateTimeField(_("planned end"), null=True, blank=True)
    actual_start = models.DateTimeField(_("actual start"), null=True, blank=True)
    actual_end = models.DateTimeField(_("actual end"), null=True, blank=True)
    plan = models.TextField(_("implementation plan"), blank=True, default="")
    steps = models.TextField(_("steps"), blank=True, default="")
    rollback_plan = models.TextField(_("back-out plan"), blank=True, default="")
    back_out_steps = models.TextField(_("steps back"), blank=True, default="")
    test_evidence = models.TextField(_("test evidence"), blank=True, default="")
    implementer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="implemented_changes"
    )
    watch_hours = models.PositiveSmallIntegerField(
        _("hours of watching"), default=WATCH_HOURS, validators=[MaxValueValidator(MOST_WATCH_HOURS)]
    )
    watch_until = models.DateTimeField(_("watched until"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=24, choices=Outcome.choices, blank=True, default="")
    records = models.CharField(
        _("configuration records"), max_length=10, choices=Records.choices, blank=True, default=""
    )
    review_notes = models.TextField(_("review"), blank=True, default="")
    # Until then an emergency's assessment is owed; whoever owes it was told at `assessment_told_at`, once.
    assessment_due = models.DateTimeField(_("assessment due"), null=True, blank=True)
    assessment_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    scope_hash = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = ChangeQuerySet.as_manager()

    workflow = CHANGE
    prefix = "CHG"
    separates_duties = True

    class Meta:
        verbose_name = _("change")
        constraints = [
            models.CheckConstraint(
                condition=Q(type="standard", template__isnull=False) | (~Q(type="standard") & Q(template=None)),
                name="change_standard_iff_from_a_template",
            ),
            models.CheckConstraint(
                condition=Q(planned_start=None, planned_end=None) | Q(planned_end__gt=F("planned_start")),
                name="change_planned_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(actual_end=None) | Q(actual_end__gte=F("actual_start")), name="change_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(watch_hours__lte=MOST_WATCH_HOURS), name="change_watched_for_a_month_at_most"
            ),
        ]
        indexes = [
            models.Index(
                fields=["planned_start", "planned_end"], name="changes_by_plan",
                condition=Q(planned_start__isnull=False),
            ),
            models.Index(fields=["actual_start"], name="changes_by_start", condition=Q(actual_start__isnull=False)),
            models.Index(
                fields=["assessment_due"], name="changes_owing_assessment",
                condition=Q(assessment_due__isnull=False, assessment_told_at=None),
            ),
        ]  # fmt: skip

    @property
    def went_well(self) -> bool:
        """It is closed, and what it was for is done."""
        return self.state == "closed" and self.outcome in (Outcome.SUCCESSFUL, Outcome.WITH_ISSUES)

    @property
    def is_approved(self) -> bool:
        """Everybody who was asked about this scope has granted it."""
        return self.approval_rounds.filter(state=RoundState.GRANTED).exists()

    def left_out(self) -> tuple[str, ...]:
        return LEFT_OUT.get(self.type, ())

    def what_is_missing(self) -> list[str]:
        """Labels of what must be written before anybody decides on it. An emergency has no window to wait for."""
        names = ["implementer", "plan", "rollback_plan"]
        if self.type != ChangeType.EMERGENCY:
            names += ["planned_start", "planned_end"]
        labels = [_("implementer") if name == "implementer" else self._meta.get_field(name).verbose_name
                  for name in names if not getattr(self, name)]  # fmt: skip
        if not self.item_ids():
            labels.append(_("affected items"))
        return labels

    def item_ids(self) -> list[int]:
        """Keys of the affected items in order; where none is named, of the service it is about. One query."""
        named = sorted(self.affected_items.values_list("pk", flat=True))
        return named or ([self.service_id] if self.service_id else [])

    @property
    def assessment(self):
        """The latest assessment if it is about the items of today, else None."""
        latest = self.assessments.order_by("-pk").first()
        return latest if latest is not None and latest.item_ids == self.item_ids() else None
