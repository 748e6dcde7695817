"""What people keep beside a ticket: tags, a checklist, the time spent, and when to be reminded."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from tickets.models.ticket import Ticket

MOST_MINUTES = 24 * 60


class Tag(models.Model):
    """A free word in its one spelling (`tickets.services.tagging`); it exists as long as somebody used it once."""

    name = models.CharField(_("name"), max_length=30, unique=True)
    tickets = models.ManyToManyField(Ticket, related_name="tags", through="TicketTag")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class TicketTag(models.Model):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="tagged_once")]

    def __str__(self):
        return f"{self.ticket_id} #{self.tag_id}"


class RunbookRun(models.Model):
    """A runbook begun on a ticket, in the version it had then; its steps are on the ticket's checklist."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="runbook_runs")
    version = models.ForeignKey("knowledge.ArticleVersion", on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.ticket_id}: {self.version_id}"


class ChecklistItem(models.Model):
    """One step to be ticked off. Open mandatory ones are shown before a ticket is resolved."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="checklist")
    run = models.ForeignKey(RunbookRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps")
    text = models.CharField(_("step"), max_length=200)
    is_mandatory = models.BooleanField(_("mandatory"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by__isnull=True, done_at__isnull=True) | Q(done_at__isnull=False),
                name="step_done_at_an_instant",
            )
        ]

    def __str__(self):
        return self.text


class TimeEntryQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Like internal notes: for people of the desk who serve the ticket's organisation."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        return Q(ticket__organisation__in=user.served_organisation_ids)


class TimeEntry(models.Model):
    """Minutes that somebody spent on a ticket. Never edited: a wrong one is removed, the ledger tells of both."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="time_entries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="time_entries")
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    note = models.CharField(_("what for"), max_length=200, blank=True)
    created_at = models.DateTimeField()

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, MOST_MINUTES)), name="time_entry_within_a_day")
        ]

    def __str__(self):
        return f"{self.minutes} min on {self.ticket_id}"


class Snooze(models.Model):
    """`person` does not want to see the ticket in their views before `until`."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="snoozes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes")
    until = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="snoozed_once")]

    def __str__(self):
        return f"{self.ticket_id} for {self.person_id} until {self.until}"
