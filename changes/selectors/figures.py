"""How changes go: success, emergencies, incidents they caused. Each number with the list it counts."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from changes.models import CausedIncident, Change
from changes.vocabulary import ChangeType, Outcome
from core import clock
from incidents.models import Incident
from tickets.models import Ticket

WENT_WELL = (Outcome.SUCCESSFUL, Outcome.WITH_ISSUES)

# key: (label, definition, list of the part, list of the whole)
FIGURES = {
    "success": (
        _("Change success rate"),
        _("Changes closed in the period as successful, with or without issues ÷ all changes closed in it. "
          "Cancelled ones are not counted."),
        "successful", "closed",
    ),
    "emergency": (
        _("Share of emergencies"),
        _("Emergency changes whose work began in the period ÷ all changes whose work began in it."),
        "emergencies", "begun",
    ),
    "caused": (
        _("Incidents caused by changes"),
        _("Incidents logged in the period that a review confirmed as caused by a change ÷ all incidents logged in it. "
          "It may still rise until the reviews are closed."),
        "caused", "incidents",
    ),
}  # fmt: skip
LABELS = {
    "successful": _("Closed as successful"),
    "closed": _("Changes closed"),
    "emergencies": _("Emergency changes begun"),
    "begun": _("Changes begun"),
    "caused": _("Incidents caused by changes"),
    "incidents": _("Incidents logged"),
}


def rows_of(key, user, days):
    """The tickets that a number counts for one reader over the last `days`, the newest first."""
    since, now = clock.now() - timedelta(days=days), clock.now()
    changes = Change.objects.visible_to(user)
    closed = changes.filter(state="closed", closed_at__range=(since, now))
    begun = changes.filter(actual_start__range=(since, now))
    incidents = Incident.objects.visible_to(user).filter(created_at__range=(since, now))
    found = {
        "closed": closed,
        "successful": closed.filter(outcome__in=WENT_WELL),
        "begun": begun,
        "emergencies": begun.filter(type=ChangeType.EMERGENCY),
        "incidents": incidents,
        "caused": incidents.filter(pk__in=CausedIncident.objects.confirmed().values("incident")),
    }[key]
    return Ticket.objects.filter(pk__in=found.values("pk")).order_by("-pk")
