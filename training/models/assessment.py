"""Whether somebody can do now what a course promised."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from training.models.course import ForTheDesk


class Assessment(models.Model):
    """What an assessor, who is somebody else, found. What was passed raised the skill until `expires_on`, that day
    included (None: without end). An enrolment is assessed once."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="assessments")
    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="assessments")
    enrolment = models.OneToOneField(
        "training.Enrolment", null=True, blank=True, on_delete=models.PROTECT, related_name="assessment"
    )
    assessor = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    passed = models.BooleanField(_("passed"))
    result = models.CharField(_("result"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    link = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    assessed_on = models.DateField(_("assessed on"))
    expires_on = models.DateField(_("valid through"), null=True, blank=True)

    objects = ForTheDesk.as_manager()

    ledger_kind = "assessment"

    class Meta:
        ordering = ["-assessed_on", "-id"]
        verbose_name = _("assessment")
        constraints = [models.CheckConstraint(condition=~Q(assessor=F("person")), name="nobody_assesses_themselves")]

    def __str__(self):
        return f"{self.person}: {self.course}"
