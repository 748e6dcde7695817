"""What stands beside an incident that many suffer from: who commands, what is told to whom, what was learnt."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cmdb.models import ConfigurationItem, Service
from core.bilingual import BilingualName, in_reading_language
from core.querysets import VisibleQuerySet
from incidents.models.incident import Incident
from incidents.vocabulary import CADENCES, Audience, Extent, MajorState
from incidents.workflow import MAJOR
from tickets.vocabulary import Priority


class MajorQuerySet(VisibleQuerySet):
    visibility_joins = True

    def visibility(self, user) -> Q:
        """People of the desk, where they serve the organisation. Everybody else reads the public updates."""
        if not user.is_staff_member:
            return Q(pk__in=())
        return Q(incident__organisation__in=user.served_organisation_ids)

    def declared(self):
        return self.filter(incident__major_state=MajorState.DECLARED)

    def told_to(self, user):
        """Those that affect a service which the person may see, whoever reported them."""
        return self.filter(services__in=Service.objects.visible_to(user)).distinct()


class MajorIncident(models.Model):
    """One row beside an incident that was proposed or declared; how it stands is `incident.major_state`.

    `cadence` is the number of wall-clock minutes within which the next update is owed while it is declared.
    """

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, primary_key=True, related_name="major")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    proposed_at = models.DateTimeField(_("proposed"))
    commander = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("Incident commander"),
    )  # fmt: skip
    bridge = models.CharField(_("bridge"), max_length=300, blank=True)
    cadence = models.PositiveSmallIntegerField(_("minutes between updates"), choices=CADENCES, default=30)
    extent = models.CharField(_("extent"), max_length=8, choices=Extent.choices, default=Extent.FULL)
    next_update_due = models.DateTimeField(_("next update"), null=True, blank=True)
    declared_at = models.DateTimeField(_("declared"), null=True, blank=True)
    declared_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stood_down_at = models.DateTimeField(_("stood down"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    services = models.ManyToManyField(Service, blank=True, related_name="+", verbose_name=_("affected services"))
    what_happened = models.TextField(_("What happened"), blank=True)
    impact = models.TextField(_("Impact"), blank=True)
    went_well = models.TextField(_("What went well"), blank=True)
    to_change = models.TextField(_("What we change"), blank=True)

    objects = MajorQuerySet.as_manager()

    workflow = MAJOR

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("major incident")

    def __str__(self):
        return str(self.incident)

    @property
    def state(self) -> str:
        return self.incident.major_state

    @property
    def state_info(self):
        return MAJOR.state(self.state)


class MajorUpdate(models.Model):
    """News of a major incident, once in each language; never changed afterwards."""

    major = models.ForeignKey(MajorIncident, on_delete=models.CASCADE, related_name="updates")
    audience = models.CharField(_("For whom"), max_length=8, choices=Audience.choices, default=Audience.PUBLIC)
    text_zh = models.TextField(_("Text in Chinese"), blank=True)
    text_en = models.TextField(_("Text in English"), blank=True)
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("sent"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("update")

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        return in_reading_language(self.text_zh, self.text_en)


class MajorRule(BilingualName):
    """Proposes a major incident by itself: so many reports of one service within so many minutes.

    Counts services at least as critical as `criticality` and reports at least as urgent as `priority`, so that one
    report is enough where it says that a critical service is down.
    """

    reports = models.PositiveSmallIntegerField(_("reports"), default=5)
    minutes = models.PositiveSmallIntegerField(_("within minutes"), default=15)
    criticality = models.PositiveSmallIntegerField(
        _("criticality of the service, at least"),
        choices=ConfigurationItem.Criticality.choices,
        default=ConfigurationItem.Criticality.LOW,
    )
    priority = models.PositiveSmallIntegerField(
        _("priority of the reports, at least"), choices=Priority.choices, default=Priority.P4
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["reports", "pk"]
        verbose_name = _("rule for major incidents")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(reports__gte=1, minutes__gte=1), name="major_rule_counts_something"),
        ]
