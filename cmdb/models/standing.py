"""How services stand: outages that happened, announcements of what is going to happen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.items import Service
from core.bilingual import in_reading_language
from core.querysets import VisibleQuerySet


class OutageQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Whoever sees the service."""
        return Q(service__in=Service.objects.visible_to(user))

    def during(self, start, end):
        """Those that share time with `start`..`end`."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=start), from_at__lt=end)


class Outage(models.Model):
    """A service did not work (`is_full`) or worked badly. Open while `until_at` is empty.

    `cause` is the number of the ticket it came from, empty when entered by hand: the incidents' app lies above. The
    words are what the status page says of one that was entered by hand.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="outages", verbose_name=_("service"))
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_full = models.BooleanField(_("nothing works"), default=True)
    cause = models.CharField(_("ticket"), max_length=20, blank=True, default="")
    text_zh = models.TextField(_("Text in Chinese"), blank=True, default="", max_length=1000)
    text_en = models.TextField(_("Text in English"), blank=True, default="", max_length=1000)

    objects = OutageQuerySet.as_manager()

    class Meta:
        ordering = ["-from_at", "-pk"]
        verbose_name = _("outage")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="outage_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["service", "cause"],
                condition=Q(until_at__isnull=True) & ~Q(cause=""),
                name="one_open_outage_per_cause",
            ),
        ]
        indexes = [models.Index(fields=["service", "-from_at"], name="outages_of_service")]

    def __str__(self):
        return f"{self.service} {self.from_at:%Y-%m-%d %H:%M}"

    @property
    def text(self) -> str:
        return in_reading_language(self.text_zh, self.text_en)


class AnnouncementQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Who keeps them sees those of the organisations they serve; others what is for them and their services."""
        if user.is_staff_member:
            return Q(organisation__isnull=True) | Q(organisation__in=user.served_organisation_ids)
        about = Q(services__isnull=True) | Q(services__in=Service.objects.visible_to(user))
        return about & (Q(organisation__isnull=True) | Q(organisation=user.organisation_id))

    def shown_at(self, at):
        return self.filter(from_at__lte=at, until_at__gt=at)


class Announcement(models.Model):
    """What people should know from `from_at` to `until_at`: news, or maintenance of services."""

    class Level(models.TextChoices):
        NEWS = "news", _("News")
        MAINTENANCE = "maintenance", _("Planned maintenance")
        WARNING = "warning", _("Warning")

    level = models.CharField(_("kind"), max_length=12, choices=Level.choices, default=Level.NEWS)
    title_zh = models.CharField(_("Chinese title"), max_length=160, blank=True)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    text_zh = models.TextField(_("Text in Chinese"), blank=True, max_length=4000)
    text_en = models.TextField(_("Text in English"), blank=True, max_length=4000)
    from_at = models.DateTimeField(_("shown from"))
    until_at = models.DateTimeField(_("shown until"))
    work_from = models.DateTimeField(_("work begins"), null=True, blank=True)
    work_until = models.DateTimeField(_("work ends"), null=True, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="announcements",
        verbose_name=_("only for"),
    )  # fmt: skip
    services = models.ManyToManyField(
        Service, blank=True, related_name="announcements", verbose_name=_("affected services")
    )
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AnnouncementQuerySet.as_manager()

    ledger_kind = "announcement"

    class Meta:
        ordering = ["-from_at", "-pk"]
        verbose_name = _("announcement")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="announcement_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(title_zh="", title_en=""), name="announcement_has_a_title"),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return in_reading_language(self.title_zh, self.title_en)

    @property
    def text(self) -> str:
        return in_reading_language(self.text_zh, self.text_en)
