"""Who does what for a service: the matrix of responsibilities (RACI)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cmdb.models.items import Service
from core.querysets import VisibleQuerySet


class Activity(models.TextChoices):
    OPERATE = "operate", _("Operation")
    MONITOR = "monitor", _("Monitoring")
    INCIDENT = "incident", pgettext_lazy("activity", "Incidents")
    PROBLEM = "problem", pgettext_lazy("activity", "Problems")
    CHANGE = "change", pgettext_lazy("activity", "Changes")
    REQUEST = "request", pgettext_lazy("activity", "Service requests")
    KNOWLEDGE = "knowledge", pgettext_lazy("activity", "Knowledge")
    SECURITY = "security", pgettext_lazy("activity", "Security")
    SUPPLIER = "supplier", _("Suppliers")


class Letter(models.TextChoices):
    ACCOUNTABLE = "A", _("Accountable")
    RESPONSIBLE = "R", _("Responsible")
    CONSULTED = "C", _("Consulted")
    INFORMED = "I", _("Informed")


class ResponsibilityQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Who does what is the desk's business; of services one sees."""
        if not user.is_staff_member:
            return Q(pk__in=())
        return Q(service__in=Service.objects.visible_to(user).values("pk"))


class Responsibility(models.Model):
    """One letter of one activity of a service: a team's or a person's. Of an activity one is accountable, at most."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="responsibilities")
    activity = models.CharField(_("activity"), max_length=10, choices=Activity.choices)
    letter = models.CharField(_("responsibility"), max_length=1, choices=Letter.choices)
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="responsibilities_held",
        verbose_name=_("team"),
    )  # fmt: skip
    person = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.CASCADE, related_name="responsibilities_held",
        verbose_name=_("person"),
    )  # fmt: skip

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        ordering = ["service", "activity", "letter", "id"]
        verbose_name = _("responsibility")
        constraints = [
            models.CheckConstraint(condition=Q(team=None) ^ Q(person=None), name="responsibility_of_one_party"),
            models.UniqueConstraint(
                fields=["service", "activity"], condition=Q(letter="A"), name="one_accountable_per_activity"
            ),
            models.UniqueConstraint(
                fields=["service", "activity", "letter", "team", "person"], nulls_distinct=False,
                name="responsibility_once",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.activity} {self.letter}: {self.party}"

    @property
    def party(self):
        return self.team or self.person

    @property
    def is_void(self) -> bool:
        """The team takes no tickets any more, or the person left."""
        return not self.party.is_active
