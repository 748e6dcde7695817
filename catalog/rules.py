"""Who may do what in the catalogue and to a service request."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts import rules as people
from core import clock
from tickets.rules import raised_it, works_it

REOPEN_WINDOW = timedelta(days=14)


def keeps_catalogue(user) -> bool:
    """Writes categories, items, forms, routes and tasks."""
    return people.is_manager(user)


def confirms_it(user, request) -> bool:
    """Whoever asked for it accepts the delivery; those who work it may close on their behalf."""
    return raised_it(user, request) or works_it(user, request)


def withdraws_it(user, request) -> bool:
    return raised_it(user, request)


def withdraw_refusal(request):
    """Why it cannot be taken back any more, or None: once something was done for it, it is delivered or cancelled."""
    if request.tasks.filter(state="done").exists():
        return _("The first task is done already. Ask the service desk to stop the rest.")
    return None


def fulfil_refusal(request):
    """Why it is not fulfilled yet, or None: every mandatory task is over."""
    outstanding = request.tasks.outstanding().count()
    if outstanding:
        return _("%(count)s mandatory tasks are not done yet.") % {"count": outstanding}
    return None


def reopen_refusal(request):
    if request.resolved_at and clock.now() - request.resolved_at > REOPEN_WINDOW:
        return _("It was fulfilled more than %(days)s days ago. Please make a new request.") % {
            "days": REOPEN_WINDOW.days
        }
    return None


def claim_refusal(request):
    """Why nobody else can take it, or None: names who was faster."""
    if request.assignee_id:
        return _("%(name)s has already taken it.") % {"name": request.assignee.display_name}
    return None
