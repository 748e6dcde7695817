"""Who is asked whether a ticket may go on: rounds of stages, stages of slots, a slot being one person's vote."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation
from core.querysets import VisibleQuerySet
from tickets import rules
from tickets.models.ticket import Ticket
from tickets.vocabulary import ApprovalMode, RoundState, SlotState, StageState


class ApprovalQuerySet(VisibleQuerySet):
    """Whoever sees the ticket sees who was asked and what they said."""

    def visibility(self, user) -> Q:
        return Q(ticket__in=Ticket.objects.visible_to(user))


class RoundQuerySet(ApprovalQuerySet):
    def open(self):
        return self.filter(state=RoundState.OPEN)

    def standing_on(self, ticket):
        """The round that is open or was granted and still holds; None when there is none."""
        return self.filter(ticket=ticket.pk, state__in=(RoundState.OPEN, RoundState.GRANTED)).first()


class ApprovalRound(models.Model):
    """One time of asking. It stands for `scope` alone: what is asked under another scope is another question.

    A ticket has at most one round that is open or granted; asking again, or a change of scope, voids it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="approval_rounds")
    scope_hash = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=RoundState.choices, default=RoundState.OPEN)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    void_reason = models.CharField(_("reason"), max_length=2000, blank=True, default="")

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("approval")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(state__in=("open", "granted")), name="one_standing_round_per_ticket"
            )
        ]

    def __str__(self):
        return f"{self.ticket_id}: {self.state}"


class ApprovalStage(models.Model):
    """One step of a round; the next one opens when it is granted. `percentage` and `quorum` (how many must agree) count
    in the modes of these names only.

    People who decide one after another are a step each, so that somebody can be put between any two.
    """

    round = models.ForeignKey(ApprovalRound, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    mode = models.CharField(_("mode"), max_length=10, choices=ApprovalMode.choices)
    percentage = models.PositiveSmallIntegerField(_("percentage"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=StageState.choices, default=StageState.WAITING)

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            # Deferred: a step that is put between two others moves the later ones along.
            models.UniqueConstraint(
                fields=["round", "position"], name="one_stage_per_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=(Q(mode="percentage") & Q(percentage__range=(1, 100)))
                | (~Q(mode="percentage") & Q(percentage=None)),
                name="percentage_iff_counted_by_it",
            ),
            models.CheckConstraint(
                condition=(Q(mode="quorum") & Q(quorum__gte=1)) | (~Q(mode="quorum") & Q(quorum=None)),
                name="quorum_iff_counted_by_it",
            ),
        ]

    def __str__(self):
        return self.name

    def verdict(self, slots) -> bool | None:
        """What its votes say so far: granted, rejected, or None while both are possible."""
        return rules.verdict(self.mode, [slot.vote for slot in slots if slot.counts], self.percentage, self.quorum)


class SlotQuerySet(ApprovalQuerySet):
    def of(self, user, at=None):
        """Those that `user` is or was to decide: their own, and those of people they stand in for at `at` (now)."""
        absent = Delegation.objects.at(at).filter(substitute=user.pk).values("person")
        return self.filter(Q(approver=user.pk) | Q(decided_by=user.pk) | Q(approver__in=absent))

    def asked(self):
        return self.filter(state=SlotState.ASKED)

    def undecided(self):
        return self.filter(state__in=(SlotState.WAITING, SlotState.ASKED))

    def counting(self):
        """All but those that were handed over."""
        return self.exclude(state=SlotState.PASSED_ON)


class ApprovalSlot(models.Model):
    """One person's vote. `approver` is whose vote it is; `decided_by` who gave it: somebody else when standing in.

    One that is handed over stays, passed on, as part of the trail; the vote goes on in a new slot whose
    `handed_over_from` it is. Without a `decided_by` the system passed it on, as its approver could not decide.
    `added_by` asked for one more vote than the route had.
    """

    stage = models.ForeignKey(ApprovalStage, on_delete=models.CASCADE, related_name="slots")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="approval_slots")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approval_slots")
    state = models.CharField(_("state"), max_length=10, choices=SlotState.choices, default=SlotState.WAITING)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=2000, blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_over_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="handed_over_to"
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "approver"], condition=~Q(state="passed_on"), name="one_vote_per_stage_and_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "asked", "not_needed")) & Q(decided_at=None)
                | Q(state__in=("approved", "rejected", "passed_on")) & Q(decided_at__isnull=False),
                name="slot_decided_iff_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["approver", "-id"], name="slots_of_approver"),
            models.Index(fields=["decided_by", "-id"], name="slots_of_decider"),
            models.Index(fields=["asked_at"], name="slots_asked", condition=Q(state="asked")),
        ]

    def __str__(self):
        return f"{self.approver_id}: {self.state}"

    @property
    def counts(self) -> bool:
        return self.state != SlotState.PASSED_ON

    @property
    def vote(self) -> bool | None:
        return {SlotState.APPROVED: True, SlotState.REJECTED: False}.get(self.state)

    @property
    def acted_for(self):
        """The person on whose behalf somebody else decided; None when the approver did, or nobody yet."""
        is_for_another = self.vote is not None and self.decided_by_id != self.approver_id
        return self.approver if is_for_another else None

    @property
    def is_stuck(self) -> bool:
        """Waits for a person who cannot decide, and nobody was found who stands in."""
        return self.state == SlotState.ASKED and not rules.may_be_asked(self.approver, self.ticket)


def hash_of(scope) -> str:
    """The SHA-256 of a JSON value, the same for any order of its keys."""
    written = json.dumps(scope, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()
