"""Reading surveys: by link, by ticket, and those that wait for a lead."""

import hashlib

from accounts import rules as people
from surveys.models import Survey


def digest_of(code) -> str:
    """How the code of a link is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


def survey_behind(code, *, at):
    """The survey of a link that has not expired at `at`, or None."""
    rows = Survey.objects.select_related("ticket", "recipient").filter(expires_at__gt=at, recipient__is_active=True)
    return rows.filter(token_digest=digest_of(code)).first()


def answer_for(ticket):
    """The answered survey of a ticket (score, comment, answered_at, recipient), or None."""
    rows = Survey.objects.answered().select_related("recipient", "acknowledged_by")
    return rows.filter(ticket=ticket.pk).order_by("-answered_at").first()


def answers(tickets, since=None, until=None):
    """Answered surveys of `tickets` (a visible queryset) answered in [since, until), newest first."""
    rows = Survey.objects.answered().filter(ticket__in=tickets.order_by().values("pk"))
    return _within(rows, "answered_at", since, until).order_by("-answered_at")


def to_follow_up(user):
    """Low scores that wait for a lead, newest first, on tickets that `user` may see and takes up."""
    rows = Survey.objects.visible_to(user).to_follow_up().exclude(recipient=user.pk)
    if not people.is_manager(user):
        rows = rows.filter(ticket__team__lead=user.pk)
    return rows.select_related("ticket__team", "recipient").order_by("-follow_up_at")


def _within(rows, name, since, until):
    if since is not None:
        rows = rows.filter(**{f"{name}__gte": since})
    if until is not None:
        rows = rows.filter(**{f"{name}__lt": until})
    return rows
