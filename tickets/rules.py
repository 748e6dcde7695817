"""Predicates and pure functions about any ticket. `user` is a person; no queries beyond cached memberships."""

from accounts import rules as people


def raised_it(user, ticket) -> bool:
    return user.pk in (ticket.requester_id, ticket.opened_by_id)


def works_it(user, ticket) -> bool:
    """May act on it: the assignee, a member of its team, the first line of its organisation, an administrator.

    An agent who only raised or watches a ticket of an organisation they do not serve reads it like anybody else.
    """
    if user.sees_everything:
        return True
    if not people.is_agent(user):
        return False
    if user.pk == ticket.assignee_id or people.is_in_team(user, ticket.team_id):
        return True
    return user.is_first_line and ticket.organisation_id in user.served_organisation_ids


def triages_it(user, ticket) -> bool:
    """May dispatch it: whoever works it, and managers."""
    return works_it(user, ticket) or people.is_manager(user)


def reads_internal(user, ticket) -> bool:
    """May read internal notes: people of the desk, unless it is their own ticket and none of their work.

    An agent who raises a ticket with another team reads it like any requester would.
    """
    if not user.is_staff_member:
        return False
    return user.sees_everything or ticket.organisation_id in user.served_organisation_ids


def may_nudge(user, ticket) -> bool:
    return raised_it(user, ticket) or people.is_manager(user)
