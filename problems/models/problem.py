"""A problem: what a ticket does not have already."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from problems.vocabulary import MOST_WATCH_DAYS, WATCH_DAYS, ClosingCode
from problems.workflow import PROBLEM
from tickets.models import Ticket, TicketLink, TicketQuerySet


class Problem(Ticket):
    """A cause, or potential cause, of one or more incidents (ITIL 4). Seen by people of the desk only.

    Incidents are "caused by" it, it is "solved by" changes: both are the ticket's links. `fixed_at` is when its
    changes were done; until `watch_until` nothing like it may come back. `review_on` is when an accepted risk is
    looked at again.
    """

    # A ticket finds its own kind by the name of the kind.
    ticket_ptr = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="problem"
    )
    root_cause = models.TextField(_("root cause"), blank=True, default="")
    no_method_reason = models.CharField(_("why no method was used"), max_length=500, blank=True, default="")
    workaround = models.TextField(_("workaround"), blank=True, default="")
    has_no_workaround = models.BooleanField(_("there is no workaround"), default=False)
    watch_days = models.PositiveSmallIntegerField(
        _("days of observation"),
        default=WATCH_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WATCH_DAYS)],
    )
    fixed_at = models.DateTimeField(_("fix in place"), null=True, blank=True)
    watch_until = models.DateTimeField(_("observed until"), null=True, blank=True)
    closing_code = models.CharField(
        _("how it ended"), max_length=20, choices=ClosingCode.choices, blank=True, default=""
    )
    closing_notes = models.TextField(_("why it was closed"), blank=True, default="")
    review_on = models.DateField(_("risk reviewed on"), null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    workflow = PROBLEM
    prefix = "PRB"
    is_of_the_desk = True

    class Meta:
        verbose_name = _("problem")
        constraints = [
            models.CheckConstraint(
                condition=Q(watch_days__range=(1, MOST_WATCH_DAYS)), name="problem_observed_for_a_year_at_most"
            ),
            models.CheckConstraint(
                condition=Q(workaround="") | Q(has_no_workaround=False), name="problem_workaround_or_none"
            ),
        ]
        indexes = [
            models.Index(fields=["watch_until"], name="problems_observed", condition=Q(watch_until__isnull=False)),
            models.Index(fields=["review_on"], name="problems_to_review", condition=Q(review_on__isnull=False)),
        ]

    def what_is_missing(self) -> list[str]:
        """Labels of what must be written before it is a known error."""
        missing = [] if self.root_cause else [_("root cause")]
        if not self.no_method_reason:
            missing.append(_("how the cause was found"))
        if not (self.workaround or self.has_no_workaround):
            missing.append(_("workaround"))
        return missing

    def changes(self):
        """Links to what is to solve it."""
        return self.links_out.filter(kind=TicketLink.Kind.SOLVED_BY, target__kind="change")

    def incidents(self):
        """The incidents it causes, as tickets."""
        links = TicketLink.objects.filter(target=self.pk, kind=TicketLink.Kind.CAUSED_BY)
        return Ticket.objects.filter(kind="incident", pk__in=links.values("source"))
