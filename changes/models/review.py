"""What the review of a change looks at: incidents that it may have caused."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from changes.models.change import Change
from changes.vocabulary import CauseState
from core.querysets import VisibleQuerySet
from incidents.models import Incident


class CausedQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Whoever sees both the change and the incident."""
        return Q(change__in=Change.objects.visible_to(user), incident__in=Incident.objects.visible_to(user))

    def confirmed(self):
        return self.filter(state=CauseState.CONFIRMED)


class CausedIncident(models.Model):
    """An incident that a change may have caused: suggested by the graph or by a person, then confirmed or rejected.

    `item` is what the change reaches and the incident is about; empty when a person named the incident.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="caused")
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="suspected_changes")
    item = models.ForeignKey("cmdb.ConfigurationItem", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=CauseState.choices, default=CauseState.SUGGESTED)
    suggested_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = CausedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "incident"], name="suspected_once"),
            models.CheckConstraint(
                condition=Q(state="suggested", decided_at=None) | (~Q(state="suggested") & Q(decided_at__isnull=False)),
                name="cause_decided_iff_dated",
            ),
        ]

    def __str__(self):
        return f"{self.change_id} → {self.incident_id}: {self.state}"
