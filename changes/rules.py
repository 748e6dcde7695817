"""Who may do what to a change, and why a step is not possible yet."""

from django.utils.translation import gettext_lazy as _

from accounts.rules import Role, is_manager
from changes.vocabulary import CauseState, ChangeType
from core import clock
from tickets.rules import raised_it, works_it

# What a standard change takes over from its template and nobody plans otherwise.
GIVEN_BY_TEMPLATE = ("plan", "steps", "rollback_plan", "back_out_steps")


def lines_of(text) -> list[str]:
    """The steps written in a text, one a line; numbers and dashes in front of them are not part of their words."""
    return [words for line in text.splitlines() if (words := line.strip().lstrip("0123456789.、)）-*• ").strip())]


def raises_changes(user) -> bool:
    """People of the desk write changes; a requester asks for one through the catalogue."""
    return user.is_staff_member


def manages_changes(user, change) -> bool:
    """Change managers who serve its organisation, and administrators."""
    serves = change.organisation_id in user.served_organisation_ids
    return user.sees_everything or (user.has_role(Role.CHANGE_MANAGER) and serves)


def keeps_calendar(user) -> bool:
    """Agrees on maintenance windows and freezes."""
    return user.sees_everything or user.has_role(Role.CHANGE_MANAGER)


def prepares_it(user, change) -> bool:
    """Writes it and brings it on its way: whoever raised it, works it or carries it out, and change managers."""
    if not user.is_staff_member:
        return False
    return raised_it(user, change) or carries_it_out(user, change) or manages_changes(user, change)


def carries_it_out(user, change) -> bool:
    """Starts it, ends it, backs out: its implementer and whoever works the ticket."""
    return user.pk == change.implementer_id or works_it(user, change)


def reviews_it(user, change) -> bool:
    return works_it(user, change) or manages_changes(user, change)


def keeps_boards(user) -> bool:
    """Says who decides together: change managers, managers, administrators."""
    return is_manager(user) or user.has_role(Role.CHANGE_MANAGER)


def leads_board(user, board) -> bool:
    """Calls its meetings, holds them and writes their minutes: the chair, and whoever keeps boards."""
    return user.pk == board.chair_id or keeps_boards(user)


def assess_refusal(change):
    """Why its risk is not assessed now, or None: before approval, an emergency once it is on its way."""
    if change.type == ChangeType.STANDARD:
        return _("The risk of a standard change was assessed with its template.")
    if change.type == ChangeType.NORMAL and change.state != "assessing":
        return _("Its risk is assessed before approval is asked for.")
    if change.type == ChangeType.EMERGENCY and (change.state == "draft" or change.state_info.is_final):
        return _("An emergency is assessed once it is on its way.")
    return None


def submit_refusal(change):
    """Why it is not assessed, or None: only the full way begins with an assessment."""
    if change.type == ChangeType.EMERGENCY:
        return _("An emergency change goes straight to approval; its assessment follows.")
    if change.type == ChangeType.STANDARD:
        return _("A standard change is scheduled directly: its template was assessed.")
    return None


def approval_refusal(change):
    """Why nobody is asked yet, or None."""
    if change.type == ChangeType.STANDARD:
        return _("A standard change needs no approval: its template was approved.")
    if (change.type == ChangeType.NORMAL) != (change.state == "assessing"):
        return _("Send it for assessment first.")
    if change.type == ChangeType.NORMAL and change.assessment is None:
        return _("Its risk was not assessed yet, or other items are affected since.")
    return missing_refusal(change)


def missing_refusal(change):
    if missing := change.what_is_missing():
        return _("Still missing: %(what)s.") % {"what": ", ".join(str(label) for label in missing)}
    return None


def schedule_refusal(change):
    """Why its way does not lead into the calendar yet, or None. What else is in the way, `obstacles` says."""
    if change.type == ChangeType.EMERGENCY:
        return _("An emergency change is started as soon as it is approved.")
    if (change.type == ChangeType.STANDARD) != (change.state == "draft"):
        return _("It is assessed and approved first.")
    if change.type == ChangeType.NORMAL and not change.is_approved:
        return _("It is not approved yet.")
    if change.type == ChangeType.STANDARD and not change.template.is_usable:
        return _("Its template is not approved, or no longer.")
    return missing_refusal(change)


def start_refusal(change):
    """Why the work does not begin now, or None: what was approved is this change in its window and no other time."""
    if change.state == "awaiting_approval":
        if change.type != ChangeType.EMERGENCY:
            return _("It is scheduled first.")
        return None if change.is_approved else _("It is not approved yet.")
    now = clock.now()
    if now < change.planned_start:
        return _("Its window has not begun yet.")
    if now > change.planned_end:
        return _("Its window is over: plan it anew.")
    return None


def close_refusal(change):
    """Why the review does not end yet, or None."""
    if change.type == ChangeType.EMERGENCY and change.assessment is None:
        return _("Its risk assessment is still owed.")
    if change.watch_until and clock.now() < change.watch_until:
        return _("It is still being watched.")
    if change.caused.filter(state=CauseState.SUGGESTED).exists():
        return _("Say first of each suggested incident whether it was caused by this change.")
    return None


def finish_refusal(change):
    """Why the work is not done yet, or None: every mandatory task is over."""
    outstanding = change.tasks.outstanding().count()
    if outstanding:
        return _("%(count)s mandatory tasks are not done yet.") % {"count": outstanding}
    return None
