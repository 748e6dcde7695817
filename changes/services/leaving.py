"""Changes and boards of somebody who leaves go on with somebody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from changes.models import Board
from changes.services.planning import people_problems
from core.errors import InvalidInput
from events import services as events
from tickets.services import door


@transaction.atomic
def hand_over_change(change, person, to, *, actor):
    """`to` carries out the change instead of `person`, whatever its state. Publishes `change.handed_over`.

    It is the same plan carried out by another, so approvals stand. Raises InvalidInput: who decides on a change does
    not carry it out.
    """
    change = door.lock(change)
    if change.implementer_id != person.pk:
        return
    if problems := people_problems(change, {"implementer": to}):
        raise InvalidInput(problems)
    before = door.snapshot(change)
    change.implementer = to
    door.write(change, "change.handed_over", actor=actor, before=before, is_public=False, former=person.pk)


@transaction.atomic
def hand_over_seat(board, person, to, *, actor):
    """The seat of `person` on a board, and the chair, go to `to`; publishes `board.kept`. Raises InvalidInput."""
    if not (to.is_active and to.is_staff_member):
        raise InvalidInput({"members": [_("Only active people of the desk sit on a board.")]})
    board = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    board.members.remove(person)
    board.members.add(to)
    if board.chair_id == person.pk:
        board.chair = to
    board.quorum = min(board.quorum, board.members.count())
    board.save(update_fields=["chair", "quorum"])
    members = sorted(board.members.values_list("pk", flat=True))
    events.publish(
        "board.kept", subject=board, actor=actor, is_public=False,
        members=members, quorum=board.quorum, is_active=board.is_active,
    )  # fmt: skip
