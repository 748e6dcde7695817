"""Predicates and pure functions about any ticket. `user` is a person; no queries beyond cached memberships."""

from accounts import rules as people
from tickets import kinds
from tickets.vocabulary import ApprovalMode


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


def shows_to(user, ticket, other) -> bool:
    """May let `other` read it, and end that: themselves, the desk anybody, whoever raised it their colleagues.

    People of the desk are nobody's to choose: what they read is arranged by their teams.
    """
    if user.pk == other.pk or reads_internal(user, ticket):
        return True
    return raised_it(user, ticket) and other.organisation_id == ticket.organisation_id and not other.is_staff_member


def may_nudge(user, ticket) -> bool:
    return raised_it(user, ticket) or people.is_manager(user)


def may_be_asked(user, ticket) -> bool:
    """Whether somebody's vote can count at all: they are here, and nobody approves what they ask for or carry out."""
    return user.is_active and not raised_it(user, ticket) and not implements_it(user, ticket)


def implements_it(user, ticket) -> bool:
    """Whether they carry out what is approved, where the kind keeps the two apart."""
    return kinds.model_of(ticket.kind).separates_duties and ticket.typed.implementer_id == user.pk


def redirects_approvals(user, ticket) -> bool:
    """May hand over somebody else's vote, to mend what is stuck; never on what they asked for themselves."""
    serves = user.sees_everything or ticket.organisation_id in user.served_organisation_ids
    return people.is_manager(user) and serves and not raised_it(user, ticket)


def verdict(mode, votes, percentage=None, quorum=None) -> bool | None:
    """What votes (True, False, None for open ones) decide: True or False as soon as nothing can change it, else None.

    Depends on who voted how and never on the order: whatever mode, it is a number of approvals that is needed.
    """
    needed = len(votes)
    if mode == ApprovalMode.ANY:
        needed = 1
    elif mode == ApprovalMode.PERCENTAGE:
        needed = -(-percentage * len(votes) // 100)
    elif mode == ApprovalMode.QUORUM:
        needed = min(quorum, len(votes))  # Where votes fell together, all that are left.
    if votes.count(True) >= needed:
        return True
    return False if len(votes) - votes.count(False) < needed else None


def works_task(user, task) -> bool:
    """May start, finish or skip it: whom it was given to, their team, and whoever works the ticket."""
    return user.pk == task.assignee_id or people.is_in_team(user, task.team_id) or works_it(user, task.ticket)


def cycle_in(after) -> list:
    """The keys of a ring in `{key: keys it comes after}`, in order; empty when every task can have its turn."""
    remaining = {key: set(others) for key, others in after.items()}
    while ready := [key for key, others in remaining.items() if not others]:
        for key in ready:
            del remaining[key]
        for others in remaining.values():
            others.difference_update(ready)
    ring, key = [], next(iter(remaining), None)
    while key is not None and key not in ring:
        ring.append(key)
        key = next(iter(sorted(remaining[key])))
    return ring[ring.index(key) :] if ring else []


def whose_turn(members, *, by_load):
    """Of `members` (each with `load`, `given_at`, `pk`) the next to be given a ticket; None when there are none.

    By load it is whoever has the fewest open ones. Ties, and turns, go to whoever waited longest; the new come first.
    """

    def rank(member):
        return member.load if by_load else 0, member.given_at.timestamp() if member.given_at else 0, member.pk

    return min(members, key=rank, default=None)
