"""Who may do what to an incident, and the pure facts drawn from one."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts import rules as people
from core import clock
from incidents.vocabulary import MajorState
from tickets.rules import raised_it, works_it

REOPEN_WINDOW = timedelta(days=14)
FIRST_TIME_FIX_WINDOW = timedelta(days=7)
# Logs of other tools, by `source`, that do not say when somebody was first answered.
LOGS_WITHOUT_ANSWERS = frozenset({"servicenow-audit"})


def confirms_it(user, incident) -> bool:
    """Whoever raised it accepts the repair; those who work it may close on their behalf."""
    return raised_it(user, incident) or works_it(user, incident)


def follows_up(user, incident) -> bool:
    """May open a new incident out of a closed one: whoever raised it or works it, no bystander."""
    return raised_it(user, incident) or works_it(user, incident)


def cancels_it(user, incident) -> bool:
    """Those who work it; the requester only while nobody has taken it."""
    return works_it(user, incident) or (raised_it(user, incident) and incident.state == "new")


def reopen_refusal(incident):
    """Why it can no longer be reopened, or None. After the window a new, linked incident is the way."""
    if incident.resolved_at and clock.now() - incident.resolved_at > REOPEN_WINDOW:
        return _("It was resolved more than %(days)s days ago. Report a new incident; it will be linked.") % {
            "days": REOPEN_WINDOW.days
        }
    return None


def claim_refusal(incident):
    """Why nobody else can take it, or None: names who was faster."""
    if incident.assignee_id:
        return _("%(name)s has already taken it.") % {"name": incident.assignee.display_name}
    return None


def send_back_refusal(incident):
    """Why it cannot be sent back, or None: only what still lies where it was escalated to knows the way back."""
    if incident.escalated_from_id is None:
        return _("No team escalated it here, so there is nowhere to send it back to.")
    return None


def counts_solution_as_answer(incident) -> bool:
    """The requester reads the solution, so it is the first answer where none was given before.

    In a log that records no answers there may have been one before: better no figure than a wrong one.
    """
    return incident.responded_at is None and incident.source not in LOGS_WITHOUT_ANSWERS


def is_first_time_fix(incident) -> bool:
    """Resolved by the first team that took it: never reassigned, never escalated, never reopened.

    A reopening counts only within FIRST_TIME_FIX_WINDOW (`early_reopen_count`).
    """
    return (
        incident.resolved_at is not None
        and incident.reassignment_count == 0
        and incident.escalation_level == 0
        and incident.early_reopen_count == 0
    )


def end_refusal(incident):
    """Why it cannot end yet, or None: what became major is over when it was stood down and reviewed."""
    if incident.major_state == MajorState.DECLARED:
        return _("It is a major incident: stand it down first, then file its review.")
    if incident.major_state == MajorState.STOOD_DOWN:
        return _("It was a major incident: file its review first.")
    return None


def leads_major(user, major) -> bool:
    """Decides on it: managers who serve the organisation, administrators, and the commander once there is one."""
    incident = major.incident
    serves = user.sees_everything or incident.organisation_id in user.served_organisation_ids
    return (people.is_manager(user) and serves) or (major.commander_id is not None and user.pk == major.commander_id)


def reports_on_major(user, major) -> bool:
    """Writes into its timeline and posts updates: whoever leads it or works the incident."""
    return leads_major(user, major) or works_it(user, major.incident)


def review_refusal(major):
    """Why its review is not filed yet, or None: what disturbed so many has a cause that somebody looks for."""
    if not major.incident.links_out.filter(kind="caused_by", target__kind="problem").exists():
        return _("Link the problem behind it first.")
    return None


def over_refusal(major):
    """Why it cannot become major any more, or None."""
    if major.incident.state_info.is_final:
        return _("%(number)s is not open any more.") % {"number": major.incident.number}
    return None


def stand_down_refusal(major):
    """Why it cannot be stood down yet, or None."""
    if major.incident.resolved_at is None:
        return _("Resolve the incident first.")
    return None
