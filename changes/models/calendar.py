"""When work may be done and when it may not: maintenance windows and freezes."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import Role
from changes import recurrence
from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet

SHORTEST, LONGEST = 15, 7 * 24 * 60


class _KnownAtTheDesk(VisibleQuerySet):
    """Windows and freezes are agreed for everybody who works; who only asks for work learns of announcements."""

    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q() if user.is_staff_member else Q(pk__in=[])


class MaintenanceWindow(BilingualName):
    """When work may be done on what it is attached to: items (services among them) and classes of items.

    It opens on `from_on` at `opens_at`, on the wall clock of `zone`, for `lasts_for` minutes; then again by `rule`, an
    RFC 5545 recurrence rule, until the end of `until_on`. Once when there is no rule.
    """

    zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    from_on = models.DateField(_("first day"))
    opens_at = models.TimeField(_("opens at"))
    lasts_for = models.PositiveIntegerField(
        _("minutes"), validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    rule = models.CharField(_("repeats by"), max_length=200, blank=True, default="")
    until_on = models.DateField(_("last day"), null=True, blank=True)
    items = models.ManyToManyField(
        "cmdb.ConfigurationItem", blank=True, related_name="maintenance_windows", verbose_name=_("items")
    )
    classes = models.ManyToManyField(
        "cmdb.ItemClass", blank=True, related_name="maintenance_windows", verbose_name=_("classes of items")
    )

    objects = _KnownAtTheDesk.as_manager()

    ledger_kind = "maintenance-window"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["name_zh", "name_en", "pk"]
        verbose_name = _("maintenance window")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(lasts_for__range=(SHORTEST, LONGEST)), name="window_lasts_up_to_a_week"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="window_ends_after_it_began"
            ),
        ]

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.lasts_for)

    def openings(self, low, high) -> list[tuple]:
        """(start, end) of each opening that lies at least partly between two aware instants."""
        return recurrence.occurrences(
            rule=self.rule, zone=self.zone, from_on=self.from_on, opens_at=self.opens_at, until_on=self.until_on,
            lasts_for=self.lasts_for, low=low, high=high,
        )  # fmt: skip


class FreezeQuerySet(_KnownAtTheDesk):
    def during(self, start, end):
        """Those that share time with `start`..`end`."""
        return self.filter(from_at__lt=end, until_at__gt=start)


class Freeze(BilingualName):
    """No change of what `scope` names from `from_at` to `until_at`; who implements with an excepted role may."""

    class Scope(models.TextChoices):
        EVERYTHING = "everything", _("Everything")
        SERVICES = "services", _("Services and what they rest on")
        CLASSES = "classes", _("Classes of items")
        TEAMS = "teams", _("Work of teams")

    reason = models.CharField(_("reason"), max_length=500)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    scope = models.CharField(_("holds for"), max_length=12, choices=Scope.choices, default=Scope.EVERYTHING)
    services = models.ManyToManyField("cmdb.Service", blank=True, related_name="freezes", verbose_name=_("services"))
    classes = models.ManyToManyField(
        "cmdb.ItemClass", blank=True, related_name="freezes", verbose_name=_("classes of items")
    )
    teams = models.ManyToManyField("accounts.Team", blank=True, related_name="freezes", verbose_name=_("teams"))
    excepted_roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices), default=list, blank=True,
        verbose_name=_("except for implementers who are"),
    )  # fmt: skip

    objects = FreezeQuerySet.as_manager()

    ledger_kind = "freeze"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["from_at", "pk"]
        verbose_name = _("freeze")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="freeze_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["until_at", "from_at"], name="freezes_by_end")]

    def named(self):
        """What the scope names, in rows; nothing where it is everything."""
        return [] if self.scope == self.Scope.EVERYTHING else getattr(self, self.scope).all()

    @property
    def excepted_labels(self) -> str:
        return ", ".join(str(Role(role).label) for role in self.excepted_roles)

    def excepts(self, person) -> bool:
        """Whether it does not hold for the work of this person."""
        return person is not None and person.has_role(*self.excepted_roles)
