"""Closed word lists of incidents: how a major one stands, who is told, what is usually said."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MajorState(models.TextChoices):
    CANDIDATE = "candidate", _("Proposed as major")
    REJECTED = "rejected", _("Not major")
    DECLARED = "declared", _("Major incident")
    STOOD_DOWN = "stood_down", _("Stood down, review owed")
    REVIEWED = "reviewed", _("Reviewed")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Users of the affected services")
    STAFF = "staff", _("The desk")
    MANAGERS = "managers", _("Managers")


class Extent(models.TextChoices):
    FULL = "full", _("Nothing works")
    PARTIAL = "partial", _("Works badly")


# Of an update in one language, of a line of the timeline.
MAX_TEXT = 4000
CADENCES = ((15, "15"), (30, "30"), (60, "60"), (120, "120"), (240, "240"))

# Sent in both languages: each is said once in each.
TEMPLATES = {
    "investigating": (
        _("Investigating"),
        _("We know of a fault of %(services)s and are looking for its cause. Next news at %(time)s."),
    ),
    "identified": (
        _("Cause found"),
        _("We have found the cause of the fault of %(services)s and are repairing it. Next news at %(time)s."),
    ),
    "workaround": (
        _("Workaround"),
        _("%(services)s are not back yet. Until then please proceed like this: … Next news at %(time)s."),
    ),
    "monitoring": (
        _("Watching"),
        _("%(services)s work again. We keep watching. If it still does not work for you, please tell us."),
    ),
    "restored": (_("Restored"), _("The fault of %(services)s is repaired. We apologise for the trouble.")),
}
