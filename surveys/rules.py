"""What a score means, and who takes up a low one. Pure."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts import rules as people

SCORES = (1, 2, 3, 4, 5)
LOW = 2
SATISFIED = 4
EXPIRES_AFTER = timedelta(days=14)
MAX_COMMENT = 2_000
WORDS = {
    5: _("Very satisfied"),
    4: _("Satisfied"),
    3: _("Neither nor"),
    2: _("Dissatisfied"),
    1: _("Very dissatisfied"),
}


def is_low(score) -> bool:
    return score <= LOW


def is_sampled(ticket_pk, percent) -> bool:
    """Whether a ticket belongs to the sample: the same answer whenever it is asked, spread evenly over keys."""
    return (ticket_pk * 2654435761) % 2**32 * 100 < percent * 2**32


def follows_up(user, ticket) -> bool:
    """May take up a low score: managers, and whoever leads the ticket's team."""
    leads = ticket.team is not None and ticket.team.lead_id == user.pk
    return people.is_manager(user) or leads
