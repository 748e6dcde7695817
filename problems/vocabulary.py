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


class FixOutcome(models.TextChoices):
    OBSERVED = "observed", _("Being observed")
    EFFECTIVE = "effective", pgettext_lazy("fix", "Effective")
    NOT_EFFECTIVE = "not_effective", pgettext_lazy("fix", "Not effective")


class AcceptanceState(models.TextChoices):
    """Where the question stands whether a risk is accepted."""

    ASKED = "asked", pgettext_lazy("approval", "Asked")
    GRANTED = "granted", _("Risk accepted")
    REFUSED = "refused", pgettext_lazy("risk", "Not accepted")
    DROPPED = "dropped", _("No longer valid")


# An accepted risk is looked at again within so many days.
ACCEPTED_FOR_DAYS = 366
