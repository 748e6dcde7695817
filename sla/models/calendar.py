"""Working calendars in immutable versions."""

from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from core.business_time import BusinessCalendar


class Calendar(BilingualName):
    """A named calendar. Clocks count by one of its versions, never by "the calendar"."""

    slug = models.SlugField(unique=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="calendars"
    )

    ledger_kind = "calendar"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("calendar")

    def current(self):
        """The latest version."""
        return self.versions.order_by("-number").first()


class CalendarVersion(models.Model):
    """What a calendar was from its publication on; the database refuses to change it.

    `weekly` maps ISO weekdays to [["09:00", "12:00"], …]; `exceptions` maps dates to the intervals that replace
    that date's working time. Beyond `valid_through` official holidays are not known yet: deadlines are provisional.
    `labels` say what a dated exception is ("National Day"). `tzdata` names the release of the time zone rules it was
    published under and `offsets` what they said, [[start, end, UTC offset], …] in epoch seconds: a version counts by
    these, so that later releases change no past figure.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    zone = models.CharField(_("time zone"), max_length=50)
    weekly = models.JSONField()
    exceptions = models.JSONField(default=dict)
    labels = models.JSONField(default=dict)
    valid_through = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    tzdata = models.CharField(_("time zone rules"), max_length=20, blank=True, default="")
    offsets = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["calendar", "number"]
        constraints = [models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_number")]

    def __str__(self):
        return f"{self.calendar} v{self.number}"

    def compiled(self) -> BusinessCalendar:
        return BusinessCalendar.of(self.zone, self.weekly, self.exceptions, self.offsets)


@lru_cache(maxsize=512)
def compiled_calendar(version_id: int) -> BusinessCalendar:
    """The compiled calendar of a version, kept in the process: a version never changes."""
    return CalendarVersion.objects.get(pk=version_id).compiled()


class CalendarsByKey(dict):
    """The engine's view of calendars: version keys as text, each loaded when first used."""

    def __missing__(self, key):
        return compiled_calendar(int(key))
