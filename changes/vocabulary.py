"""The closed word lists of changes: types, outcomes, who decides; and the figures they go by."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChangeType(models.TextChoices):
    """Which way a change takes: by an approved template, the full way, or at once with the assessment owed."""

    STANDARD = "standard", pgettext_lazy("change", "Standard")
    NORMAL = "normal", pgettext_lazy("change", "Normal")
    EMERGENCY = "emergency", pgettext_lazy("change", "Emergency")


class Outcome(models.TextChoices):
    SUCCESSFUL = "successful", _("Successful")
    WITH_ISSUES = "successful_with_issues", _("Successful with issues")
    ROLLED_BACK = "rolled_back", _("Rolled back")
    FAILED = "failed", pgettext_lazy("change", "Failed")


# Hours after the end of the work in which what fails is looked at as caused by it, unless somebody says otherwise.
WATCH_HOURS = 72
MOST_WATCH_HOURS = 720


class BoardKind(models.TextChoices):
    ADVISORY = "cab", _("Change advisory board (CAB)")
    EMERGENCY = "emergency", _("Emergency authority")


class Asked(models.TextChoices):
    """Who is asked in one step of an approval route."""

    PEERS = "peers", _("A colleague of the team")
    MANAGER = "manager", _("Change manager")
    BOARD = "board", _("Change advisory board (CAB)")


class TemplateState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("change", "Draft")
    APPROVED = "approved", pgettext_lazy("template", "Approved")
    EXPIRED = "expired", pgettext_lazy("template", "Expired")
    SUSPENDED = "suspended", pgettext_lazy("template", "Suspended")
    RETIRED = "retired", pgettext_lazy("template", "Retired")


# How long an approval of a template holds at most, in days.
TEMPLATE_HOLDS_DAYS = 366
# So many days before it expires, who wrote and who approved a template is told.
TEMPLATE_TOLD_DAYS = 14


class CauseState(models.TextChoices):
    """Whether a change caused an incident."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Caused by this change")
    REJECTED = "rejected", _("Not caused by it")


class Records(models.TextChoices):
    """What the review says of the configuration records."""

    UPDATED = "updated", _("They show what was changed")
    UNTOUCHED = "untouched", _("Nothing recorded was changed")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    OPEN = "open", pgettext_lazy("meeting", "Being held")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
