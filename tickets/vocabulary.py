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


class ApprovalMode(models.TextChoices):
    """How many of a stage's approvers must agree."""

    SERIAL = "serial", _("One after another")
    ALL = "all", _("Everybody")
    ANY = "any", _("Any one")
    PERCENTAGE = "percentage", _("A share of them")
    QUORUM = "quorum", _("So many of them")

    @classmethod
    def of_routes(cls):
        """(key, label) of what a route of the catalogue offers: how many of them it takes is a matter of boards."""
        return [(key, label) for key, label in cls.choices if key != cls.QUORUM]


class Place(models.TextChoices):
    """Where somebody who is added decides, seen from whom adds them."""

    WITH = "with", _("Beside me, in this step")
    BEFORE = "before", _("Before me")
    AFTER = "after", _("After this step")


class RoundState(models.TextChoices):
    OPEN = "open", _("Being decided")
    GRANTED = "granted", _("Approved")
    REJECTED = "rejected", _("Rejected")
    VOIDED = "voided", _("No longer valid")


class StageState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("approval", "Not yet")
    OPEN = "open", _("Being decided")
    GRANTED = "granted", _("Approved")
    REJECTED = "rejected", _("Rejected")


class SlotState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("approval", "Not yet")
    ASKED = "asked", pgettext_lazy("approval", "Asked")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    PASSED_ON = "passed_on", _("Handed over")
    NOT_NEEDED = "not_needed", _("Not needed any more")


class TaskReminder(models.TextChoices):
    """Of what day of a task its people have heard."""

    NONE = "", pgettext_lazy("task", "Not reminded")
    DUE = "due", pgettext_lazy("task", "Due")
    LATE = "late", pgettext_lazy("task", "Late")


class TaskState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("task", "Not yet")
    OPEN = "open", pgettext_lazy("task", "To do")
    STARTED = "started", pgettext_lazy("task", "In progress")
    FAILED = "failed", pgettext_lazy("task", "Failed")
    DONE = "done", pgettext_lazy("task", "Done")
    SKIPPED = "skipped", pgettext_lazy("task", "Skipped")
    CALLED_OFF = "called_off", pgettext_lazy("task", "Called off")

    @classmethod
    def workable(cls):
        return (cls.OPEN, cls.STARTED, cls.FAILED)

    @classmethod
    def over(cls):
        return (cls.DONE, cls.SKIPPED, cls.CALLED_OFF)
