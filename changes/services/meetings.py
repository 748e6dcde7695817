"""Holding a meeting of a board: agenda, presence, minutes. Votes are given as anywhere else."""

from django.db import transaction
from django.utils.translation import gettext as _

from changes import rules
from changes.models import AgendaItem, BoardMeeting, Change
from changes.vocabulary import MeetingState
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from tickets.models import ApprovalRound, ApprovalStage
from tickets.vocabulary import RoundState, StageState

MOST_WORDS = 20_000


@transaction.atomic
def call_meeting(board, *, actor, starts_at, place="") -> BoardMeeting:
    """Call the members together; on the agenda is what waits for the board now. Publishes `board_meeting.called`.

    Raises NotAllowed, InvalidInput.
    """
    if not rules.leads_board(actor, board):
        raise NotAllowed()
    _refuse_past(starts_at)
    meeting = BoardMeeting.objects.create(board=board, starts_at=starts_at, place=clean_text(place)[:300])
    _fill(meeting)
    _tell(meeting, "called", actor, told=_members(board))
    return meeting


@transaction.atomic
def move_meeting(meeting, *, actor, starts_at, place="") -> BoardMeeting:
    """Another time or place for what has not begun; the members are told, unless nothing is other than it was.

    Publishes `board_meeting.moved`. Raises NotAllowed, Refused, InvalidInput.
    """
    meeting = _led(meeting, actor, MeetingState.PLANNED)
    before, place = (meeting.starts_at, meeting.place), clean_text(place)[:300]
    if (starts_at, place) == before:
        return meeting
    _refuse_past(starts_at)
    meeting.starts_at, meeting.place = starts_at, place
    meeting.save(update_fields=["starts_at", "place"])
    _tell(meeting, "moved", actor, told=_members(meeting.board), before=before[0].isoformat())
    return meeting


@transaction.atomic
def cancel_meeting(meeting, *, actor, reason) -> BoardMeeting:
    """It does not take place; what was on its agenda still waits for the board. Publishes `board_meeting.cancelled`.

    Raises NotAllowed, Refused (it has begun), InvalidInput (no reason).
    """
    meeting = _led(meeting, actor, MeetingState.PLANNED)
    reason = clean_text(reason)
    if not reason or len(reason) > 500:
        raise InvalidInput({"reason": [_("Say in at most 500 characters why it does not take place.")]})
    meeting.state, meeting.reason = MeetingState.CANCELLED, reason
    meeting.save(update_fields=["state", "reason"])
    _tell(meeting, "cancelled", actor, told=_members(meeting.board), reason=reason)
    return meeting


@transaction.atomic
def open_meeting(meeting, *, actor) -> BoardMeeting:
    """Begin: what came to wait for the board since it was called is put on the agenda as well."""
    meeting = _led(meeting, actor, MeetingState.PLANNED)
    _fill(meeting)
    meeting.state = MeetingState.OPEN
    meeting.save(update_fields=["state"])
    _tell(meeting, "opened", actor)
    return meeting


@transaction.atomic
def note_on_agenda(item, *, actor, note) -> AgendaItem:
    """Write down what was said about a change while the meeting is held."""
    _led(item.meeting, actor, MeetingState.OPEN)
    item.note = _words("note", note)
    item.save(update_fields=["note"])
    return item


@transaction.atomic
def close_meeting(meeting, *, actor, present, minutes) -> BoardMeeting:
    """End it: who was there, what was said in all, and how each change stood; nothing of it is changed afterwards.

    Fewer members than the quorum make no meeting: that is refused by field, and the votes given count all the same.
    """
    meeting = _led(meeting, actor, MeetingState.OPEN)
    board, present = meeting.board, list(present)
    members = _members(board)
    if len([person for person in present if person.pk in members]) < board.quorum:
        message = _("At least %(quorum)s members have to be present.")
        raise InvalidInput({"present": [message % {"quorum": board.quorum}]})
    meeting.minutes = _words("minutes", minutes, is_required=True)
    meeting.state, meeting.closed_by, meeting.closed_at = MeetingState.CLOSED, actor, clock.recorded_now()
    meeting.save()
    meeting.present.set(present)
    decisions = {}
    for item in meeting.agenda.select_related("change"):
        item.decision = decisions[item.change.number] = _stands(item.change)
        item.save(update_fields=["decision"])
    who_was_there = sorted(person.pk for person in present)
    _tell(meeting, "closed", actor, told=_members(board), decisions=decisions, present=who_was_there)
    return meeting


def waiting_for(board):
    """Changes whose approval has come to the step of this board."""
    stages = ApprovalStage.objects.filter(
        state=StageState.OPEN, round__state=RoundState.OPEN, slots__approver__in=board.members.all()
    )
    return Change.objects.filter(approval_rounds__stages__in=stages, state="awaiting_approval").distinct()


def _members(board) -> list[int]:
    return sorted(board.members.values_list("pk", flat=True))


def _refuse_past(starts_at):
    if starts_at <= clock.now():
        raise InvalidInput({"starts_at": [_("This lies in the past.")]})


def _fill(meeting):
    known = set(meeting.agenda.values_list("change", flat=True))
    waiting = waiting_for(meeting.board).order_by("planned_start", "pk").values_list("pk", flat=True)
    new = [pk for pk in waiting if pk not in known]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, change_id=pk, position=n) for n, pk in enumerate(new, start=len(known) + 1)
    )


def _stands(change) -> str:
    """The state of the latest time of asking; empty where nobody was ever asked."""
    return ApprovalRound.objects.filter(ticket=change.pk).order_by("pk").values_list("state", flat=True).last() or ""


def _led(meeting, actor, state):
    meeting = BoardMeeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    if not rules.leads_board(actor, meeting.board):
        raise NotAllowed()
    if meeting.state != state:
        words = {"state": meeting.get_state_display()}
        raise Refused(_("This is not possible while the meeting is “%(state)s”.") % words)
    return meeting


def _words(field, text, *, is_required=False):
    text = clean_text(text)
    if is_required and not text:
        raise InvalidInput({field: [_("This field is required.")]})
    if len(text) > MOST_WORDS:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({field: [message % {"limit": MOST_WORDS, "length": len(text)}]})
    return text


def _tell(meeting, verb, actor, **data):
    events.publish(
        f"board_meeting.{verb}", subject=meeting, actor=actor, is_public=False, board=meeting.board_id,
        starts_at=meeting.starts_at.isoformat(), **data,
    )  # fmt: skip
