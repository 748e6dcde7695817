"""When a team works: shifts that repeat by weekday."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class WorkShift(models.Model):
    """On its weekdays from `valid_from` through `valid_until` (None: until further notice) its people work.

    Times are of the wall clock in `zone`. A shift that ends no later than it starts ends on the next day.
    """

    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="shifts")
    label = models.CharField(_("name of the shift"), max_length=60)
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday.choices), verbose_name=_("weekdays"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"))
    zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")
    valid_from = models.DateField(_("first day"))
    valid_until = models.DateField(_("last day"), null=True, blank=True)
    people = models.ManyToManyField("accounts.User", related_name="shifts")

    class Meta:
        ordering = ["team", "starts_at", "id"]
        verbose_name = _("shift")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="shift_lasts"
            )
        ]

    def __str__(self):
        return self.label

    @property
    def weekday_labels(self) -> str:
        return ", ".join(str(Weekday(day).label) for day in sorted(self.weekdays))

    def spans(self, start, end):
        """(begin, finish) of every time it is worked that touches [start, end), in order, in UTC."""
        zone = ZoneInfo(self.zone)
        day, last = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
        while day <= last:
            if self._is_on(day):
                ends_on = day if self.ends_at > self.starts_at else day + timedelta(days=1)
                begin, finish = (
                    datetime.combine(on, at, zone).astimezone(UTC)
                    for on, at in ((day, self.starts_at), (ends_on, self.ends_at))
                )
                if begin < end and finish > start:
                    yield begin, finish
            day += timedelta(days=1)

    def _is_on(self, day) -> bool:
        lasts = self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        return lasts and day.weekday() in self.weekdays
