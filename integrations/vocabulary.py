"""What may become of a letter, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("Waiting to be read")
    THREADED = "threaded", _("Added to a ticket")
    OPENED = "opened", _("Opened a ticket")
    IGNORED = "ignored", _("Set aside")
    QUARANTINED = "quarantined", _("Quarantined")
    BOUNCED = "bounced", _("Reports a mail that did not arrive")


class Reason(models.TextChoices):
    """Why a letter was set aside or quarantined."""

    AUTOMATIC = "automatic", _("An automatic reply")
    LIST = "list", _("A circular of a mailing list")
    LOOP = "loop", _("Our own mail came back")
    DUPLICATE = "duplicate", _("Came through another mailbox as well")
    UNKNOWN = "unknown", _("The sender is not known")
    DEACTIVATED = "deactivated", _("The sender was deactivated")
    FORGED = "forged", _("The mail server says the sender is forged")
    TOO_MANY = "too_many", _("Too many in a short time")
    UNREADABLE = "unreadable", _("Cannot be read")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Could not be handled")
    BOUNCE = "bounce", _("Reports on a mail that is not ours")
