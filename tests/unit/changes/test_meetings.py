"""A board meets: what waits is on the agenda, everybody votes for themselves, the minutes stay."""

from datetime import timedelta

import pytest

from changes import services
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from tests.cast import person
from tests.changes import asked, board, change_manager, granted, planned
from tests.landscape import landscape

HOUR = timedelta(hours=1)


@pytest.fixture
def members(cast):
    return [person(f"member{n}", "委员", cast.xinghe, "expert", teams=[cast.operations]) for n in range(3)]


@pytest.fixture
def cab(cast, members):
    return board(cast, *members, quorum=2)


def waiting(cast):
    """A risky change whose approval has come to the board."""
    manager = change_manager(cast)
    land = landscape(cast)
    cast.erp.criticality = 1
    cast.erp.save()
    change = asked(planned(cast, items=[land["app"]]), actor=cast.chen_hao, option=9)
    return granted(change, by=manager)


def test_what_waits_for_the_board_is_decided_and_minuted(cast, cab, members):
    meeting = services.call_meeting(cab, actor=members[0], starts_at=clock.now() + HOUR)
    assert not meeting.agenda.exists()
    change = waiting(cast)
    services.open_meeting(meeting, actor=members[0])
    item = meeting.agenda.get()
    assert item.change == change
    services.note_on_agenda(item, actor=members[0], note="A second way back was asked for")
    for member in members[:2]:
        change = granted(change, by=member)
    with pytest.raises(InvalidInput) as refused:
        services.close_meeting(meeting, actor=members[0], present=members[:1], minutes="x")
    assert list(refused.value.fields) == ["present"]
    meeting = services.close_meeting(meeting, actor=members[0], present=members[:2], minutes="All agreed")
    item.refresh_from_db()
    assert (item.decision, item.note, change.state) == ("granted", "A second way back was asked for", "scheduled")
    with pytest.raises(Refused, match="Closed"):
        services.note_on_agenda(item, actor=members[0], note="Later thoughts")


def test_only_its_chair_and_those_who_keep_boards_lead_it(cast, cab, members):
    with pytest.raises(NotAllowed):
        services.call_meeting(cab, actor=members[1], starts_at=clock.now() + HOUR)
    with pytest.raises(InvalidInput):
        services.call_meeting(cab, actor=cast.wang_fang, starts_at=clock.now() - HOUR)
    meeting = services.call_meeting(cab, actor=cast.wang_fang, starts_at=clock.now() + HOUR)
    with pytest.raises(NotAllowed):
        services.open_meeting(meeting, actor=members[1])


def test_members_vote_on_the_page_of_the_meeting(cast, cab, members, client):
    change = waiting(cast)
    meeting = services.call_meeting(cab, actor=members[0], starts_at=clock.now() + HOUR)
    services.open_meeting(meeting, actor=members[0])
    for member in members[:2]:
        client.force_login(member)
        page = client.get(f"/changes/meetings/{meeting.pk}/")
        slot = change.approval_slots.asked().get(approver=member)
        vote = f"/changes/meetings/{meeting.pk}/votes/{slot.pk}/"
        assert vote in page.content.decode()
        assert client.post(vote).status_code == 302
    change.refresh_from_db()
    assert change.state == "scheduled"
