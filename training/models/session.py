"""When and where a course is given, and who comes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.models.course import ForTheDesk
from training.vocabulary import Seat
from training.workflow import SESSION


class Session(models.Model):
    """`place` is a room or a link. The trainer is somebody here or, by name, somebody from outside."""

    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    trainer = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions_given"
    )
    outside_trainer = models.CharField(_("trainer from outside"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SESSION.choices(), default=SESSION.initial.key)
    reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True)

    objects = ForTheDesk.as_manager()

    ledger_kind = "training-session"
    workflow = SESSION

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name = _("session of a course")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="training_session_lasts"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="training_session_has_seats"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="sessions_by_state_and_time")]

    def __str__(self):
        return f"{self.course} {self.starts_at:%Y-%m-%d}"

    @property
    def state_info(self):
        return SESSION.state(self.state)


class Enrolment(models.Model):
    """Seats and the waiting list fill in the order of `id`. `attended` is None until attendance is recorded.

    `item` is the line of a plan that pays for it.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="session_enrolments")
    item = models.ForeignKey(
        "training.PlanItem", null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    seat = models.CharField(_("seat"), max_length=8, choices=Seat.choices)
    attended = models.BooleanField(_("was there"), null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("enrolment")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="enrolled_once")]

    def __str__(self):
        return f"{self.person}: {self.session}"
