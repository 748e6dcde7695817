"""The closed word lists of training."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Seat(models.TextChoices):
    """Whether somebody enrolled has a seat, or waits for one."""

    SEATED = "seated", _("Has a seat")
    WAITING = "waiting", _("On the waiting list")


class Stage(models.TextChoices):
    """How far a line of a plan has come; its money is planned, then committed, then spent."""

    PLANNED = "planned", pgettext_lazy("training", "Planned")
    WAITING = "waiting", _("On the waiting list")
    BOOKED = "booked", _("Booked")
    ATTENDED = "attended", _("To be assessed")
    MISSED = "missed", _("Missed")
    FAILED = "failed", pgettext_lazy("training", "Not passed")
    PASSED = "passed", pgettext_lazy("training", "Passed")
