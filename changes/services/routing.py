"""From the risk of a change to the people who are asked about it."""

from django.utils.translation import gettext as _

from accounts.models import User
from changes.models import Board
from changes.services.assessing import change_managers
from changes.vocabulary import Asked, BoardKind, ChangeType
from core.errors import Refused
from tickets import rules
from tickets.services.approving import MOST_APPROVERS, Stage
from tickets.vocabulary import ApprovalMode


def stages_of(change) -> list[Stage]:
    """The steps of approval of a change, with the people who may decide today. Raises Refused where there are none.

    An emergency asks any one of the emergency authority, or of the change managers where there is no authority. A
    normal change goes by the route of its risk.
    """
    if change.type == ChangeType.EMERGENCY:
        board = Board.objects.deciding_for(change.organisation_id, BoardKind.EMERGENCY)
        people = _able(board.members.active(), change) if board else []
        return [_any_of(people or _managers(change), BoardKind.EMERGENCY.label)]
    route = change.assessment.route
    stages = [stage for asked in route.asked for stage in _STAGES[asked](change)] if route else []
    return stages or [_any_of(_managers(change), Asked.MANAGER.label)]


def _peers(change):
    """Colleagues of whoever carries it out; a team of one leaves it to the change manager."""
    teams = [change.team_id] if change.team_id else list(change.implementer.team_ids)
    people = _able(User.objects.active().filter(teams__in=teams).distinct(), change)
    return [_any_of(people or _managers(change), Asked.PEERS.label)]


def _manager(change):
    return [_any_of(_managers(change), Asked.MANAGER.label)]


def _board(change):
    """As many members as the quorum says; with fewer who may decide, nobody is asked."""
    board = Board.objects.deciding_for(change.organisation_id, BoardKind.ADVISORY)
    if board is None:
        raise Refused(_("There is no change advisory board for this organisation yet."))
    people = _able(board.members.active(), change)
    if len(people) < board.quorum:
        message = _("“%(name)s” needs %(quorum)s members who may decide, and has %(count)s.")
        raise Refused(message % {"name": board.name, "quorum": board.quorum, "count": len(people)})
    return [Stage(board.name, ApprovalMode.QUORUM, tuple(people), quorum=board.quorum)]


_STAGES = {Asked.PEERS: _peers, Asked.MANAGER: _manager, Asked.BOARD: _board}


def _managers(change):
    return _able(change_managers(change), change)


def _able(people, change):
    return [person for person in people.order_by("pk") if rules.may_be_asked(person, change)][:MOST_APPROVERS]


def _any_of(people, name):
    if not people:
        raise Refused(_("Nobody can approve this at present: name a change manager who serves this organisation."))
    return Stage(str(name), ApprovalMode.ANY, tuple(people))
