"""A problem: what a ticket does not have already."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from changes.models import Change
from problems.vocabulary import MOST_WATCH_DAYS, WATCH_DAYS, ClosingCode, FixOutcome
from problems.workflow import PROBLEM
from tickets.models import Ticket, TicketLink, TicketQuerySet

# States in which the workaround is what helps.
HELPED = ("known_error", "fix_in_progress", "observing")


class ProblemQuerySet(TicketQuerySet):
    def known(self):
        """Known errors that something helps against, until they are fixed."""
        return self.filter(state__in=HELPED).exclude(workaround="")


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
    # What the people of its incidents were told last, and when.
    published_workaround = models.TextField(blank=True, default="", editable=False)
    published_at = models.DateTimeField(_("workaround published"), null=True, blank=True)
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

    objects = ProblemQuerySet.as_manager()

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
        if not self.no_method_reason and not self.analyses.kept().filter(has_confirmed_leaf=True).exists():
            missing.append(_("an analysis with a confirmed cause, or why no method applies"))
        if not (self.workaround or self.has_no_workaround):
            missing.append(_("workaround"))
        return missing

    @property
    def has_published_help(self) -> bool:
        """It is a known error, and something helps against it."""
        return self.state in HELPED and bool(self.workaround)

    @property
    def is_published(self) -> bool:
        """What helps is what was published last."""
        return bool(self.workaround) and self.workaround == self.published_workaround

    def changes(self):
        """Links to what is to solve it."""
        return self.links_out.filter(kind=TicketLink.Kind.SOLVED_BY, target__kind="change")

    def standing_of_changes(self) -> str:
        """ "open" while one of its changes is, else "done" or "failed" by the one closed last; "" without any.

        What was over when its last fix turned out to be none is part of that fix, not of the next: alone it is "spent".
        """
        every = Change.objects.filter(pk__in=self.changes().values("target")).order_by("-closed_at", "-pk")
        failed = self.fixes.filter(outcome=FixOutcome.NOT_EFFECTIVE).order_by("-ended_at").first()
        found = [one for one in every if not (failed and one.closed_at and one.closed_at <= failed.ended_at)]
        if every and not found:
            return "spent"
        if any(not change.state_info.is_final for change in found):
            return "open"
        closed = [change for change in found if change.state == "closed"]
        if not closed:
            return "failed" if found else ""
        return "done" if closed[0].went_well else "failed"

    def incidents(self):
        """The incidents it causes, as tickets."""
        links = TicketLink.objects.filter(target=self.pk, kind=TicketLink.Kind.CAUSED_BY)
        return Ticket.objects.filter(kind="incident", pk__in=links.values("source"))
