"""Who is on call: a rotation of people by days or weeks, with exceptions."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName


class Roster(BilingualName):
    """A rotation: from `starts_on` its members take turns of `turn_days` days, handing over at `handover_at`.

    Times are of the wall clock in `zone`, so a turn that meets a change of summer time is an hour longer or shorter.
    Nobody answers: `fallback` is told, then the lead of `team`.
    """

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="rosters")
    zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    starts_on = models.DateField(_("first day"))
    turn_days = models.PositiveSmallIntegerField(_("days in a turn"), default=7, validators=[MinValueValidator(1)])
    handover_at = models.TimeField(_("handover at"), default="09:00")
    fallback = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("fallback")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    ledger_kind = "roster"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["team", "id"]
        verbose_name = _("on-call roster")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(turn_days__gt=0), name="roster_turn_lasts"),
        ]

    def begin_of(self, turn) -> datetime:
        """When a turn begins: the one before ends at this instant.

        A handover that the wall clock shows twice is at the first pass; one that it skips is as much later as was
        skipped.
        """
        on = self.starts_on + timedelta(days=turn * self.turn_days)
        return datetime.combine(on, self.handover_at, ZoneInfo(self.zone)).astimezone(UTC)

    def turn_at(self, instant) -> int:
        """The number of the turn an instant lies in; 0 is the first, negative before the roster starts."""
        guess = (instant.astimezone(ZoneInfo(self.zone)).date() - self.starts_on).days // self.turn_days
        # By its date alone the guess is off before the handover of the day, and where clocks or dates are moved.
        return max(turn for turn in range(guess - 2, guess + 2) if self.begin_of(turn) <= instant)


class RosterMember(models.Model):
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="roster_places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["roster", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["roster", "user"], name="one_place_per_roster_and_person")]

    def __str__(self):
        return f"{self.position}. {self.user}"


class RosterOverride(models.Model):
    """Somebody else (or nobody: `user` is None) is on call in [start_at, end_at); the latest entry wins."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="overrides")
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="roster_overrides"
    )
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("to"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["roster", "start_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="override_lasts")]

    def __str__(self):
        return f"{self.user} {self.start_at} – {self.end_at}"
