"""What somebody did with a reading path: given, read, answered, passed."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from accounts.rules import is_manager
from core import clock
from core.querysets import VisibleQuerySet
from knowledge.models.path import PathStep, ReadingPath
from knowledge.models.version import ArticleVersion
from knowledge.vocabulary import Told


class EnrolmentQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """One's own; of others whoever leads their team, is their manager, keeps the path, or is a manager."""
        if is_manager(user):
            return Q()
        led = Team.objects.filter(lead=user.pk, members__isnull=False).values("members")
        return Q(user=user.pk) | Q(path__owner=user.pk) | Q(user__manager=user.pk) | Q(user__in=led)

    def open(self):
        return self.filter(finished_at=None)

    def awaited(self):
        """Open ones of people who are still here."""
        return self.open().filter(user__is_active=True)


class Enrolment(models.Model):
    """A path that a person was given, or took: one open one per person and path; a new one when it is due again."""

    path = models.ForeignKey(ReadingPath, on_delete=models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    due_on = models.DateField(_("to be finished by"))
    extra_tries = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    told = models.PositiveSmallIntegerField(choices=Told.choices, default=Told.NOTHING, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("reading path of a person")
        constraints = [
            models.UniqueConstraint(
                fields=["path", "user"], condition=Q(finished_at=None), name="one_open_enrolment_per_path_and_person"
            )
        ]

    def __str__(self):
        return f"{self.path} · {self.user}"

    @property
    def is_late(self) -> bool:
        return self.finished_at is None and self.due_on < timezone.localdate(clock.now())


class StepDone(models.Model):
    """A step that was read, and in which version of its article."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="done")
    step = models.ForeignKey(PathStep, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(ArticleVersion, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "step"], name="a_step_is_done_once")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.step_id}"


class Attempt(models.Model):
    """One try at the questions of a step, or at those of the end (`step` None).

    `answers` are {question: [places chosen]} as they were given; `right` of `asked` questions were right.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    step = models.ForeignKey(PathStep, null=True, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    is_passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(right__lte=models.F("asked")), name="no_more_right_than_asked")
        ]

    def __str__(self):
        return f"{self.right}/{self.asked}"


def _code():
    return secrets.token_urlsafe(12)


class CertificateQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """The desk may verify any certificate; others read their own."""
        return Q() if user.is_staff_member else Q(enrolment__user=user.pk)


class Certificate(models.Model):
    """That somebody finished a path, in which of its versions. `code` is its address, which cannot be guessed."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=32, unique=True, default=_code)
    path_version = models.PositiveIntegerField()
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    told = models.PositiveSmallIntegerField(choices=Told.choices, default=Told.NOTHING, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("certificate")

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        return f"CERT{self.pk:05d}"

    @property
    def is_valid(self) -> bool:
        return self.valid_until is None or self.valid_until >= timezone.localdate(clock.now())
