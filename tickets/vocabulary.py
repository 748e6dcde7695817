"""The closed word lists of tickets: levels, priorities, channels, reasons, codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """Impact and urgency: 1 is worst."""

    HIGH = 1, _("High")
    MEDIUM = 2, _("Medium")
    LOW = 3, _("Low")


class Priority(models.IntegerChoices):
    P1 = 1, _("P1 Critical")
    P2 = 2, _("P2 High")
    P3 = 3, _("P3 Normal")
    P4 = 4, _("P4 Low")


class Channel(models.TextChoices):
    PORTAL = "portal", _("Portal")
    PHONE = "phone", _("Phone")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    CHAT = "chat", _("Chat")
    API = "api", _("API")
    MONITORING = "monitoring", _("Monitoring")


class PendingReason(models.TextChoices):
    """Why work waits. Agreements decide by state and reason whether a clock pauses."""

    CALLER = "caller", _("Waiting for the requester")
    VENDOR = "vendor", _("Waiting for a supplier")
    CHANGE = "change", _("Waiting for a change")
    PROBLEM = "problem", _("Waiting for a problem's solution")
    SCHEDULED = "scheduled", _("Scheduled for later")


class Metric(models.TextChoices):
    """What a clock measures on a ticket."""

    RESPONSE = "response", pgettext_lazy("metric", "Response")
    RESOLUTION = "resolution", pgettext_lazy("metric", "Resolution")
    NEXT_UPDATE = "next_update", pgettext_lazy("metric", "Next update")


class ResolutionCode(models.TextChoices):
    FIXED = "fixed", _("Repaired")
    WORKAROUND = "workaround", _("Workaround given")
    CONFIGURED = "configured", _("Configuration corrected")
    REPLACED = "replaced", _("Part or device replaced")
    ADVISED = "advised", _("Explained to the user")
    NOT_REPRODUCIBLE = "not_reproducible", _("Not reproducible")
    BY_SUPPLIER = "by_supplier", _("Repaired by the supplier")
    BY_PARENT = "by_parent", _("Solved with the parent ticket")
