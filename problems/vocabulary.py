"""The closed word lists of problems."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClosingCode(models.TextChoices):
    FIXED = "fixed", pgettext_lazy("problem", "Fixed for good")
    RISK_ACCEPTED = "risk_accepted", _("Risk accepted")
    DUPLICATE = "duplicate", _("Duplicate of another problem")
    NOT_REPRODUCIBLE = "not_reproducible", _("Not reproducible")
    CANCELLED = "cancelled", _("Cancelled")


# Days after a fix in which nothing may come back, unless somebody says otherwise.
WATCH_DAYS = 30
MOST_WATCH_DAYS = 365
