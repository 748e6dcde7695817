"""Who is told or moved when a clock comes near its target or passes it, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from events.models import Event
from sla.models.agreement import Target
from sla.models.clock import Firing


class EscalationPolicy(BilingualName):
    """A list of steps. Clocks snapshot it when they start: editing a policy never reaches into a running ticket.

    `revision` counts its edits.
    """

    slug = models.SlugField(unique=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    ledger_kind = "escalation_policy"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("escalation policy")
        verbose_name_plural = _("escalation policies")


class EscalationStep(models.Model):
    """At `pct` percent of the target, moved by `offset_minutes` of business time, one thing is done.

    Functional steps move the ticket or raise its priority; hierarchical ones tell a person, who may have to
    acknowledge within `acknowledge_minutes` (wall clock) before the next person in line is told.
    """

    class Action(models.TextChoices):
        TELL_ASSIGNEE = "tell_assignee", _("Tell the assignee")
        TELL_TEAM = "tell_team", _("Tell the team")
        TELL_LEAD = "tell_lead", _("Tell the team lead")
        TELL_MANAGER = "tell_manager", _("Tell the next lead up the reporting line")
        TELL_ON_CALL = "tell_on_call", _("Call the person on call")
        MOVE_TO_TEAM = "move_to_team", _("Hand over to a team")
        MOVE_UP = "move_up", _("Hand over to the next line")
        RAISE_PRIORITY = "raise_priority", _("Raise the priority by one")

    FUNCTIONAL = (Action.MOVE_TO_TEAM, Action.MOVE_UP, Action.RAISE_PRIORITY)

    policy = models.ForeignKey(EscalationPolicy, on_delete=models.CASCADE, related_name="steps")
    metric = models.CharField(_("metric"), max_length=12, choices=Target.Metric.choices, blank=True, default="")
    pct = models.PositiveSmallIntegerField(_("percent of the target"), default=100)
    offset_minutes = models.IntegerField(_("business minutes after (before: negative)"), default=0)
    action = models.CharField(_("action"), max_length=16, choices=Action.choices)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    roster = models.ForeignKey("accounts.Roster", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledge_minutes = models.PositiveSmallIntegerField(_("minutes to acknowledge"), null=True, blank=True)

    class Meta:
        ordering = ["policy", "pct", "offset_minutes", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(pct__gt=0), name="step_percent_is_positive"),
            models.CheckConstraint(
                condition=~Q(action="move_to_team") | Q(team__isnull=False), name="moving_step_names_its_team"
            ),
            models.CheckConstraint(
                condition=~Q(action="tell_on_call") | Q(roster__isnull=False), name="calling_step_names_its_roster"
            ),
        ]

    def __str__(self):
        return f"{self.pct} % {self.offset_minutes:+} min: {self.action}"


class Escalation(models.Model):
    """One line of the escalation log: one step of one firing, and for each person tried a line of its own.

    `event` is the news that told a person: bell and mail hang on it. `level` is the number of persons tried before.
    An empty on-call step is a line too (state "empty") that says so.
    `acknowledge_by` is set only while the answer is awaited: all that the watch over acknowledgements polls.
    """

    class State(models.TextChoices):
        TOLD = "told", _("Told")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        PASSED_ON = "passed_on", _("Not acknowledged, passed on")
        EMPTY = "empty", _("Nobody there, passed on")
        DONE = "done", _("Done")
        NOT_POSSIBLE = "not_possible", _("Not possible")

    firing = models.ForeignKey(Firing, on_delete=models.CASCADE, related_name="escalations")
    step = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(default=0)
    action = models.CharField(max_length=16, choices=EscalationStep.Action.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(max_length=300, blank=True, default="")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    acknowledge_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firing", "step", "level", "person"], nulls_distinct=False, name="a_step_tells_a_person_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["acknowledge_by"], name="escalation_unanswered", condition=Q(acknowledge_by__isnull=False)
            ),
            models.Index(fields=["-at", "-id"], name="escalation_by_time"),
        ]

    def __str__(self):
        return f"{self.action} {self.state}"

    @property
    def can_be_acknowledged(self) -> bool:
        """An answer is awaited, or was and may still come: who answers late ends the search for others, too."""
        return self.acknowledge_by is not None or self.state == self.State.PASSED_ON

    @property
    def note(self) -> str:
        """What there is to say beside the state, in the reader's language."""
        return gettext(self.detail) if self.detail else ""
