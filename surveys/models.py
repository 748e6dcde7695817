"""A question asked once after a ticket was closed, and its answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from tickets.models import Ticket


class SurveyQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """One's own; for people of the desk those of tickets they serve."""
        own = Q(recipient=user.pk)
        if not user.is_staff_member:
            return own
        return own | Q(ticket__in=Ticket.objects.visible_to(user))

    def answered(self):
        return self.filter(answered_at__isnull=False)

    def to_follow_up(self):
        """Low scores that nobody has taken up yet."""
        return self.filter(follow_up_at__isnull=False, acknowledged_at=None)


class Survey(models.Model):
    """One question to one person about one ticket.

    `token_digest` finds the survey of a link; the token itself is derived when the mail is written and kept nowhere.
    `due_at` is when it is to be sent, empty once it was sent, skipped or answered before. `follow_up_at` marks a low
    score until somebody acknowledges it.
    """

    class Skipped(models.TextChoices):
        SAMPLING = "sampling", _("Not in the sample")
        RESTING = "resting", _("Asked a short time ago")

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="surveys")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="surveys")
    token_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    skipped = models.CharField(max_length=8, choices=Skipped.choices, blank=True, default="")
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    follow_up_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "recipient"], name="asked_once_per_ticket"),
            models.UniqueConstraint(fields=["token_digest"], condition=~Q(token_digest=""), name="one_survey_per_link"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(1, 5)), name="score_from_1_to_5"),
            models.CheckConstraint(
                condition=Q(score=None, answered_at=None) | Q(score__isnull=False, answered_at__isnull=False),
                name="score_iff_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="survey_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["recipient", "-sent_at"], name="surveys_of_person"),
            models.Index(fields=["answered_at"], name="surveys_answered"),
            models.Index(
                fields=["-follow_up_at"],
                name="survey_follow_up",
                condition=Q(follow_up_at__isnull=False, acknowledged_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.ticket_id}: {self.score or '—'}"
