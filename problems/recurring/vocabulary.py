"""Words of recurrence: what incidents are alike by, and what becomes of a proposal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    ITEM = "item", _("the same item")
    WORDS = "words", _("the same service and similar words")
    CATEGORY = "category", _("the same service and category")


class ProposalState(models.TextChoices):
    OPEN = "open", _("To be decided")
    ACCEPTED = "accepted", _("Became a problem")
    MERGED = "merged", _("Merged")
    DISMISSED = "dismissed", _("Dismissed")
    LAPSED = "lapsed", _("No longer a recurrence")
