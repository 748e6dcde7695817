"""The closed word lists of changes: types and outcomes."""

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
