"""The work a ticket breaks into: a graph of tasks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.querysets import VisibleQuerySet
from tickets.models.ticket import Ticket
from tickets.vocabulary import TaskReminder, TaskState


class TaskQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """People of the desk see the tasks of the tickets they serve; how work is shared out is not for requesters."""
        if not user.is_staff_member:
            return Q(assignee=user.pk)
        seen = Q(ticket__in=Ticket.objects.visible_to(user), ticket__organisation__in=user.served_organisation_ids)
        return seen | Q(assignee=user.pk)

    def due_for(self, user):
        """Those a person can go on with: given to them, or to a team of theirs and to nobody in particular."""
        own = Q(assignee=user.pk) | Q(assignee=None, team__in=user.team_ids)
        return self.filter(own, state__in=TaskState.workable())

    def to_be_reminded(self, today):
        """Those somebody can work on whose day is `today`, or over, and who has not heard so yet."""
        dated = Q(due_on=today, reminded_of=TaskReminder.NONE) | (
            Q(due_on__lt=today) & ~Q(reminded_of=TaskReminder.LATE)
        )
        return self.filter(dated, state__in=TaskState.workable())

    def outstanding(self):
        """What still keeps its ticket from being done."""
        return self.filter(is_mandatory=True).exclude(state__in=TaskState.over())


class Task(models.Model):
    """One piece of work; it opens by itself when all tasks it comes `after` are over.

    `key` names it within its ticket. `automatic` names an action of `tickets.automatic`: a worker does it, and
    when that fails a person tries again, does it by hand or skips it with a reason. `due_on` is the last day on which
    it is in time, in the time zone of the house; None: whenever its turn comes.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    is_mandatory = models.BooleanField(_("mandatory"), default=True)
    automatic = models.CharField(max_length=40, blank=True, default="")
    after = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="before")
    state = models.CharField(_("state"), max_length=12, choices=TaskState.choices, default=TaskState.WAITING)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reminded_of = models.CharField(max_length=4, choices=TaskReminder.choices, blank=True, default=TaskReminder.NONE)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=2000, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("task")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "key"], name="one_task_per_ticket_and_key"),
            models.CheckConstraint(
                condition=Q(state__in=("done", "skipped", "called_off"), ended_at__isnull=False)
                | (~Q(state__in=("done", "skipped", "called_off")) & Q(ended_at=None)),
                name="task_ended_iff_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "id"], name="tasks_of_person", condition=Q(state__in=("open", "started", "failed"))
            ),
            models.Index(
                fields=["team", "id"], name="tasks_of_team", condition=Q(state__in=("open", "started", "failed"))
            ),
            models.Index(
                fields=["due_on"],
                name="tasks_to_remind_of",
                condition=Q(state__in=("open", "started", "failed"), due_on__isnull=False) & ~Q(reminded_of="late"),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in TaskState.over()

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is not."""
        return self.due_on is not None and not self.is_over and self.due_on < timezone.localdate(clock.now())
