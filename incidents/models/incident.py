"""An incident: what a ticket does not have already."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.vocabulary import MajorState
from incidents.workflow import INCIDENT
from tickets.models import Ticket, TicketQuerySet
from tickets.vocabulary import ResolutionCode


class Incident(Ticket):
    """A fault. Counters are facts for KPIs, written by the transitions and never recomputed from labels."""

    resolution_code = models.CharField(
        _("how it was resolved"), max_length=20, choices=ResolutionCode.choices, blank=True, default=""
    )
    resolution_notes = models.TextField(_("resolution"), blank=True, default="")
    escalation_level = models.PositiveSmallIntegerField(_("escalation level"), default=0)
    hierarchical_level = models.PositiveSmallIntegerField(_("informed up the line"), default=0)
    escalated_from = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reassignment_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    early_reopen_count = models.PositiveSmallIntegerField(default=0)
    # Beside the state; the rest of it is `MajorIncident`.
    major_state = models.CharField(
        _("major incident"), max_length=12, choices=MajorState.choices, blank=True, default=""
    )

    objects = TicketQuerySet.as_manager()

    workflow = INCIDENT
    prefix = "INC"

    class Meta:
        verbose_name = _("incident")
        indexes = [
            models.Index(
                fields=["escalation_level"],
                name="incident_escalated",
                condition=models.Q(escalation_level__gt=0),
            ),
            models.Index(fields=["major_state"], name="incident_major", condition=~models.Q(major_state="")),
        ]
