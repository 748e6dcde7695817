"""The concrete parent of every kind of ticket: one queue, one search, one number space, real foreign keys."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from tickets import kinds
from tickets.vocabulary import Channel, Level, PendingReason, Priority


class TicketQuerySet(VisibleQuerySet):
    # A queue over 200,000 tickets must not join the table with itself.
    visibility_joins = False

    def visibility(self, user) -> Q:
        """One's own (raised, reported for oneself, watched, to be approved); for staff also what their teams serve.

        What only the desk reads is nobody else's, on whatever way it came to them.
        """
        watched = self.model.watchers.rel.related_model._base_manager.filter(user=user.pk).values("ticket")
        approved = self.model.approval_slots.rel.related_model.objects.of(user).values("ticket")
        mine = Q(requester=user.pk) | Q(opened_by=user.pk) | Q(pk__in=watched) | Q(pk__in=approved)
        if user.is_staff_member:
            return mine | Q(organisation__in=user.served_organisation_ids) | Q(assignee=user.pk)
        return mine & ~Q(kind__in=kinds.of_the_desk())

    def open(self):
        return self.filter(is_open=True)


class Ticket(models.Model):
    """State, people, classification and dates shared by all kinds; `version` counts every change.

    `kind` names the child (incident, request, …). `is_open` is written with the state, so that the queue's partial
    indexes need no list of state names. `due_at` is the next deadline of its running clocks.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    state = models.CharField(_("state"), max_length=24)
    is_open = models.BooleanField(default=True)
    pending_reason = models.CharField(
        _("pending reason"), max_length=12, choices=PendingReason.choices, blank=True, default=""
    )
    resume_at = models.DateTimeField(_("resumes on"), null=True, blank=True)

    impact = models.PositiveSmallIntegerField(_("impact"), choices=Level.choices, default=Level.LOW)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Level.choices, default=Level.MEDIUM)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.P4)

    priority_reason = models.CharField(
        _("reason for another priority than the matrix gives"), max_length=200, blank=True, default=""
    )

    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="raised_tickets",
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opened_tickets",
    )
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="tickets")
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, default=Channel.PORTAL)
    service = models.ForeignKey(
        "cmdb.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="service_tickets"
    )
    affected_items = models.ManyToManyField("cmdb.ConfigurationItem", blank=True, related_name="tickets")
    category = models.ForeignKey(
        "tickets.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assigned_tickets",
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    created_at = models.DateTimeField(_("created"))
    last_activity_at = models.DateTimeField(_("last activity"))
    responded_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, editable=False)
    is_breached = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1)

    source = models.CharField(max_length=30, blank=True, default="")
    source_ref = models.CharField(max_length=80, blank=True, default="")
    # What anybody who sees the ticket may find it by; and, where there are internal notes, all of that with them.
    search_vector = SearchVectorField(null=True, editable=False)
    internal_vector = SearchVectorField(null=True, editable=False)

    objects = TicketQuerySet.as_manager()

    ledger_kind = "ticket"
    workflow = None
    # A kind with an `implementer` may forbid that the same person approves it.
    separates_duties = False
    # Of some kinds only people of the desk read anything, whoever raised or follows them.
    is_of_the_desk = False
    # Written beside the ticket by search and clocks; a save of the ticket never touches them.
    DERIVED = frozenset({"search_vector", "internal_vector", "due_at", "is_breached"})

    class Meta:
        ordering = ["-id"]
        verbose_name = _("ticket")
        constraints = [
            models.CheckConstraint(condition=Q(priority__range=(1, 4)), name="ticket_priority_1_to_4"),
            models.CheckConstraint(
                condition=(Q(state="pending") & ~Q(pending_reason="")) | (~Q(state="pending") & Q(pending_reason="")),
                name="ticket_reason_iff_pending",
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source=""), name="ticket_once_per_source_ref"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "priority", "id"], name="queue_of_team", condition=Q(is_open=True)),
            models.Index(fields=["assignee", "priority", "id"], name="queue_of_person", condition=Q(is_open=True)),
            # The orders of the queue, over open tickets only: a page walks the index and stops.
            models.Index(fields=["priority", "id"], name="queue_by_priority", condition=Q(is_open=True)),
            models.Index(fields=["due_at", "id"], name="queue_by_due", condition=Q(is_open=True)),
            models.Index(
                fields=["due_at", "id"], name="queue_unassigned", condition=Q(is_open=True, assignee__isnull=True)
            ),
            models.Index(fields=["-last_activity_at", "-id"], name="tickets_by_activity"),
            models.Index(fields=["requester", "-id"], name="tickets_of_requester"),
            models.Index(fields=["organisation", "-created_at"], name="tickets_by_created"),
            models.Index(fields=["organisation", "-resolved_at"], name="tickets_by_resolved"),
            models.Index(fields=["resume_at"], name="ticket_to_resume", condition=Q(state="pending")),
            models.Index(
                fields=["resolved_at"],
                name="ticket_settled",
                condition=Q(resolved_at__isnull=False, closed_at__isnull=True),
            ),
            GinIndex(fields=["search_vector"], name="ticket_search"),
            GinIndex(
                fields=["internal_vector"], name="ticket_search_internal", condition=Q(internal_vector__isnull=False)
            ),
        ]

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.workflow is not None:
            kinds.register(cls)

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def state_info(self):
        """The row of the workflow table this ticket stands in."""
        return kinds.workflow_of(self.kind).state(self.state)

    @property
    def stages(self):
        """Its way with where it stands (`Workflow.progress`)."""
        typed = self.typed
        return typed.workflow.progress(self.state, typed.left_out())

    def left_out(self) -> tuple[str, ...]:
        """Keys of the states of the usual way that this ticket does not pass."""
        return ()

    @property
    def typed(self):
        """This ticket as its own kind (Incident, …)."""
        return self if self.workflow is not None else getattr(self, self.kind)

    def facts(self) -> dict:
        """What clocks and audits need to know after any event; recorded with each."""
        return {
            "state": self.state,
            "clock": str(self.state_info.clock),
            "pending_reason": self.pending_reason,
            "priority": self.priority,
            "team": self.team_id,
            "assignee": self.assignee_id,
            "service": self.service_id,
            "has_responded": self.responded_at is not None,
        }
