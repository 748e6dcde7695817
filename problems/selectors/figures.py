"""How problems go: whether fixes hold, what is known and not fixed, what comes back. Each number with its list."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from core import clock
from incidents.models import Incident
from problems.models import Fix, Problem
from problems.vocabulary import FixOutcome
from tickets.models import Ticket, TicketLink

# key: (label, definition, list of the part, list of the whole)
FIGURES = {
    "effective": (
        _("Fix effectiveness"),
        _("Problems whose last fix of the period was observed to its end without anything coming back ÷ all problems "
          "with a fix whose observation ended in it."),
        "effective", "judged",
    ),
    "unfixed": (
        _("Known errors without a fix"),
        _("Open known errors without a change that is to solve them ÷ all open known errors; today, whatever the "
          "period."),
        "unfixed", "known",
    ),
    "explained": (
        _("Incidents with a problem behind them"),
        _("Incidents logged in the period that are linked with a problem as their cause ÷ all incidents logged in it."),
        "explained", "incidents",
    ),
}  # fmt: skip
LABELS = {
    "effective": _("Fixes that held"),
    "judged": _("Fixes observed to their end"),
    "unfixed": _("Known errors without a fix"),
    "known": _("Open known errors"),
    "explained": _("Incidents with a problem behind them"),
    "incidents": _("Incidents logged"),
}


def rows_of(key, user, days):
    """The tickets that a number counts for one reader over the last `days`, the newest first."""
    now = clock.now()
    span = (now - timedelta(days=days), now)
    problems = Problem.objects.visible_to(user)
    known = problems.filter(is_open=True, state__in=("known_error", "fix_in_progress"))
    incidents = Incident.objects.visible_to(user).filter(created_at__range=span)
    caused = TicketLink.objects.filter(kind=TicketLink.Kind.CAUSED_BY, target__kind="problem")
    ended = Fix.objects.filter(ended_at__range=span)
    later = ended.filter(problem=OuterRef("problem"), pk__gt=OuterRef("pk"))
    held = ended.filter(~Exists(later), outcome=FixOutcome.EFFECTIVE)
    solved = TicketLink.objects.filter(kind=TicketLink.Kind.SOLVED_BY, target__kind="change", target__is_open=True)
    found = {
        "judged": problems.filter(pk__in=ended.values("problem")),
        "effective": problems.filter(pk__in=held.values("problem")),
        "known": known,
        "unfixed": known.exclude(pk__in=solved.values("source")),
        "incidents": incidents,
        "explained": incidents.filter(pk__in=caused.values("source")),
    }[key]
    return Ticket.objects.filter(pk__in=found.values("pk")).order_by("-pk")
