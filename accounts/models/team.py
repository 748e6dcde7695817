"""Teams by line of support and field of work, with leads, a reporting line and the organisations they serve."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.bilingual import BilingualName


class TeamQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def serving(self, organisations):
        """Those that serve at least one of `organisations` (rows, ids, or a query for them)."""
        return self.filter(serves__in=organisations).distinct()

    def visible_to(self, user):
        """Teams are common knowledge to people of the desk; requesters only meet them by name on tickets."""
        if user is None or not user.is_authenticated or not user.is_active or not user.is_staff_member:
            return self.none()
        return self.all()


class Team(BilingualName):
    """A group that works tickets.

    `line` 1 is the service desk, 2 the experts, 3 engineering or suppliers: functional escalation goes to a higher one.
    `specialism` is what its people work on, whatever the line. `parent` is the reporting line:
    hierarchical escalation goes to `lead`, then to the lead of `parent`, and so on. `around_the_clock`: every hour
    without somebody at work or on call is a hole in its coverage, not only an hour of a planned shift.
    """

    class Line(models.IntegerChoices):
        FIRST = 1, _("First line")
        SECOND = 2, _("Second line")
        THIRD = 3, _("Third line")

    class Specialism(models.TextChoices):
        SERVICE_DESK = "service_desk", pgettext_lazy("specialism", "Service desk")
        EXPERTS = "experts", pgettext_lazy("specialism", "Experts of several fields")
        SYSTEM = "system", pgettext_lazy("specialism", "Systems and databases")
        NETWORK = "network", pgettext_lazy("specialism", "Network")
        SECURITY = "security", pgettext_lazy("specialism", "Security")
        DESKTOP = "desktop", pgettext_lazy("specialism", "Desktop")
        APPLICATION = "application", pgettext_lazy("specialism", "Applications")

    class Assignment(models.TextChoices):
        """Who gets what enters the team's queue."""

        MANUAL = "manual", _("By hand")
        ROUND_ROBIN = "round_robin", _("In turn")
        LOAD = "load", _("Whoever has the least")
        SKILL = "skill", _("Whoever can do it and has the least")

    slug = models.SlugField(unique=True)
    line = models.PositiveSmallIntegerField(_("line"), choices=Line.choices, default=Line.SECOND)
    specialism = models.CharField(
        _("field of work"), max_length=12, choices=Specialism.choices, default=Specialism.EXPERTS
    )
    lead = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads_teams"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    serves = models.ManyToManyField("accounts.Organisation", related_name="served_by", blank=True)
    assignment = models.CharField(
        _("tickets are given out"), max_length=12, choices=Assignment.choices, default=Assignment.MANUAL
    )
    responsibilities = models.TextField(_("objects it answers for"), blank=True)
    email = models.EmailField(blank=True)
    around_the_clock = models.BooleanField(_("answers around the clock"), default=False)
    is_active = models.BooleanField(default=True)
    members = models.ManyToManyField("accounts.User", through="accounts.Membership", related_name="teams")

    objects = TeamQuerySet.as_manager()

    ledger_kind = "team"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["line", "slug"]
        verbose_name = _("team")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="team_not_its_own_parent"),
        ]


class Membership(models.Model):
    """`given_at`: when somebody was last given a ticket because it was their turn."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    given_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_team_and_person")]

    def __str__(self):
        return f"{self.user} in {self.team}"
