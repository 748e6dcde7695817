"""What every figure means, as it is printed beside it. One entry per list that a number can open."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from changes.selectors import figures as changes


@dataclass(frozen=True)
class Definition:
    """`label` heads the list; `text` says exactly which tickets it holds and how the figure follows from them."""

    label: str
    text: str


def _of_changes(key):
    """The same words as on the page of changes: one definition."""
    label, text, _part, _whole = changes.FIGURES[key]
    return Definition(label, text)


FIGURES = {
    "open": Definition(
        pgettext_lazy("figure", "Open"),
        _("Incidents that are neither resolved, closed nor cancelled, as of now."),
    ),
    "breached": Definition(
        pgettext_lazy("figure", "Breached"),
        _("Open incidents that broke a promised time, for the response or for the resolution, as of now."),
    ),
    "due": Definition(
        pgettext_lazy("figure", "Due soon"),
        _("Open incidents whose next promised time ends within 2 hours from now."),
    ),
    "unassigned": Definition(
        _("Without an owner"),
        _("Open incidents that nobody has taken, as of now."),
    ),
    "created": Definition(
        pgettext_lazy("figure", "Created"),
        _("Incidents logged in the period."),
    ),
    "resolved": Definition(
        pgettext_lazy("figure", "Resolved"),
        _("Incidents whose resolution lies in the period. One that was reopened counts when it is resolved again."),
    ),
    "response": Definition(
        _("Response in time"),
        _("Met ÷ (met + missed) among the response clocks that ended in the period, each against its own agreement."),
    ),
    "response_met": Definition(
        _("Response in time: met"),
        _("Incidents whose response clock ended in the period before its target."),
    ),
    "response_missed": Definition(
        _("Response in time: missed"),
        _("Incidents whose response clock ended in the period after its target."),
    ),
    "resolution": Definition(
        _("Resolution in time"),
        _("Met ÷ (met + missed) among the resolution clocks that ended in the period, each against its own agreement."),
    ),
    "resolution_met": Definition(
        _("Resolution in time: met"),
        _("Incidents whose resolution clock ended in the period before its target."),
    ),
    "resolution_missed": Definition(
        _("Resolution in time: missed"),
        _("Incidents whose resolution clock ended in the period after its target."),
    ),
    "mttr": Definition(
        _("Time to resolve, business time"),
        _(
            "MTTR: mean of the business time from logging to resolution, without pauses, as the resolution clock "
            "counted it, over incidents resolved in the period that have one. Median and P90: half and nine tenths "
            "of them took no longer."
        ),
    ),
    "mttr_wall": Definition(
        _("Time to resolve, wall time"),
        _(
            "Mean of the time on the wall clock from logging to resolution, nights, weekends and pauses included, "
            "over incidents resolved in the period."
        ),
    ),
    "mtta": Definition(
        _("Time to first answer"),
        _(
            "MTTA: mean of the wall-clock time from logging to the first public answer of a person, over incidents "
            "logged in the period that were answered. A solution is an answer, too, except in imported logs, which "
            "do not tell who was answered before."
        ),
    ),
    "first_time_fix": Definition(
        _("First-time fix"),
        _(
            "Share of the incidents resolved in the period that the first team resolved: never reassigned to another "
            "team, never escalated, not reopened within 7 days. For the last 7 days it may still fall."
        ),
    ),
    "reopened": Definition(
        pgettext_lazy("figure", "Reopened"),
        _(
            "Share of the incidents resolved in the period that had been reopened at least once. One that is open "
            "again counts when it is resolved again."
        ),
    ),
    "reassigned": Definition(
        pgettext_lazy("figure", "Reassigned"),
        _("Share of the incidents resolved in the period that moved to another team at least once."),
    ),
    "satisfied": Definition(
        _("Satisfaction (CSAT)"),
        _("Incidents rated 4 or 5 of 5 ÷ incidents rated, by the day of the answer."),
    ),
    "answered": Definition(
        _("Survey answered"),
        _("Incidents whose survey was answered in the period."),
    ),
    "asked": Definition(
        _("Survey sent"),
        _("Incidents whose survey was sent in the period."),
    ),
    "replied": Definition(
        _("Response rate of surveys"),
        _("Surveys answered so far ÷ surveys sent, over those sent in the period."),
    ),
    "change_success": _of_changes("success"),
    "changes_closed": Definition(
        changes.LABELS["closed"],
        _("Changes whose review was closed in the period."),
    ),
    "emergencies": _of_changes("emergency"),
    "changes_begun": Definition(
        changes.LABELS["begun"],
        _("Changes whose work began in the period."),
    ),
    "change_caused": _of_changes("caused"),
}

CHARTS = {
    "flow": Definition(
        _("Created and resolved"),
        _("Incidents logged and incidents resolved, by the day on which it happened, in your time zone."),
    ),
    "ages": Definition(
        _("Age of the backlog"),
        _("Open incidents by the time since they were logged, as of now."),
    ),
    "teams": Definition(
        _("Backlog by team"),
        _("Open incidents by the team that holds them, as of now."),
    ),
    "priorities": Definition(
        _("Backlog by priority"),
        _("Open incidents by priority, as of now."),
    ),
    "services": Definition(
        _("Backlog by service"),
        _("Open incidents by the affected service, as of now."),
    ),
    "arrivals": Definition(
        _("When incidents arrive"),
        _("Incidents logged in the period by weekday and hour, in your time zone."),
    ),
}
