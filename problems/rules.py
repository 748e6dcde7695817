"""Who may do what to a problem, and why a step is not possible yet."""

from django.utils.translation import gettext_lazy as _

from accounts.rules import Role, is_manager
from problems.vocabulary import FixOutcome
from tickets.rules import raised_it, works_it

# Who decides whether what recurs is a problem, where they serve its organisation; administrators do everywhere.
DECIDING_ROLES = (Role.MANAGER, Role.CHANGE_MANAGER, Role.ADMINISTRATOR)


def raises_problems(user) -> bool:
    """Problems are written and worked by people of the desk; nobody else sees them."""
    return user.is_staff_member


def investigates_it(user, problem) -> bool:
    """Brings it on its way: whoever raised it or works it, and managers who serve its organisation."""
    if not user.is_staff_member:
        return False
    serves = problem.organisation_id in user.served_organisation_ids
    return raised_it(user, problem) or works_it(user, problem) or (is_manager(user) and serves)


def accepts_risk(user, problem) -> bool:
    """Decides that a risk may stay: managers who serve its organisation, never on what they raised themselves."""
    serves = user.sees_everything or problem.organisation_id in user.served_organisation_ids
    return user.is_active and is_manager(user) and serves and not raised_it(user, problem)


def known_error_refusal(problem):
    """Why it is no known error yet, or None: its cause, how that was found, and what helps until it is gone."""
    missing = [str(label) for label in problem.what_is_missing()]
    return _("Still missing: %(what)s.") % {"what": ", ".join(missing)} if missing else None


def fix_refusal(problem):
    """Why no fix is under way, or None: what is changed for good is changed by a change."""
    match problem.standing_of_changes():
        case "":
            return _("Link the change that is to solve it first.")
        case "failed":
            return _("Its changes did not succeed: link the one that is to solve it.")
        case "spent":
            return _("It came back after its changes: link the one that is to solve it now.")
    return None


def denial_refusal(problem):
    """Why nobody can say that what came back was no recurrence, or None: something has to have come back."""
    latest = problem.fixes.first()
    if latest is None or latest.outcome != FixOutcome.NOT_EFFECTIVE or latest.recurrence_id is None:
        return _("Nothing came back after its last fix.")
    return None


def decides_proposals(user, proposal) -> bool:
    """Says of recurring incidents that they are a problem, or none."""
    serves = proposal.organisation_id in user.served_organisation_ids
    return user.sees_everything or (user.has_role(*DECIDING_ROLES) and serves)


def keeps_recurrence_rules(user) -> bool:
    """Says how many incidents are a recurrence."""
    return user.sees_everything or user.has_role(*DECIDING_ROLES)


def keeps_analysis_templates(user) -> bool:
    """Says what an analysis may begin with: the owners of the process."""
    return user.sees_everything or user.has_role(*DECIDING_ROLES)
