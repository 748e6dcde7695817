"""Members hear of the meetings of their board, and who keeps a template of its end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from changes import services
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from notifications.models import Mail, Notification, Preference
from tests.changes import board, standard_template

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cab(cast):
    for person in (cast.wang_fang, cast.zhang_wei):
        person.language = "en"
        person.save(update_fields=["language"])
    return board(cast, cast.wang_fang, cast.zhang_wei, cast.chen_hao)


def told(name):
    return sorted(Notification.objects.filter(event__name=name).values_list("user__username", flat=True))


def test_members_hear_that_a_meeting_is_called_moved_and_cancelled(cast, cab, deliver, client):
    at = clock.now() + HOUR
    meeting = services.call_meeting(cab, actor=cast.wang_fang, starts_at=at, place="Room 4")
    deliver()
    assert told("board_meeting.called") == ["chen.hao", "zhang.wei"], "who calls it knows"
    letter = Mail.objects.get(user=cast.zhang_wei, event__name="board_meeting.called")
    assert "CAB" in letter.subject and "Room 4" in letter.text and f"/changes/meetings/{meeting.pk}/" in letter.text
    services.move_meeting(meeting, actor=cast.wang_fang, starts_at=at, place="Room 4")
    assert not Event.objects.filter(name="board_meeting.moved").exists(), "nothing is other than it was"
    services.move_meeting(meeting, actor=cast.wang_fang, starts_at=at + HOUR, place="Room 5")
    deliver()
    assert told("board_meeting.moved") == ["chen.hao", "zhang.wei"]
    services.cancel_meeting(meeting, actor=cast.wang_fang, reason="Nothing to decide")
    deliver()
    assert "Nothing to decide" in Mail.objects.get(user=cast.zhang_wei, event__name="board_meeting.cancelled").text
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("notifications:list")).content.decode()
    assert "cancelled the meeting of your board" in page and "CAB" in page
    line = Notification.objects.filter(user=cast.zhang_wei).latest("pk")
    where = reverse("changes:meeting", args=[meeting.pk])
    assert client.get(reverse("notifications:follow", args=[line.pk])).url == where
    assert "Nothing to decide" in client.get(where).content.decode()


def test_what_is_cancelled_or_begun_is_neither_moved_nor_begun(cast, cab):
    meeting = services.call_meeting(cab, actor=cast.wang_fang, starts_at=clock.now() + HOUR)
    with pytest.raises(NotAllowed):
        services.cancel_meeting(meeting, actor=cast.chen_hao, reason="x")
    with pytest.raises(InvalidInput):
        services.cancel_meeting(meeting, actor=cast.wang_fang, reason=" ")
    with pytest.raises(InvalidInput):
        services.move_meeting(meeting, actor=cast.wang_fang, starts_at=clock.now() - HOUR)
    services.cancel_meeting(meeting, actor=cast.wang_fang, reason="x")
    for command in (services.open_meeting, services.move_meeting):
        given = {"starts_at": clock.now() + 2 * HOUR} if command is services.move_meeting else {}
        with pytest.raises(Refused, match="Cancelled"):
            command(meeting, actor=cast.wang_fang, **given)


def test_minutes_reach_every_member_who_did_not_switch_them_off(cast, cab, deliver):
    Preference.objects.create(user=cast.chen_hao, kind="board", way="mail", is_on=False)
    meeting = services.call_meeting(cab, actor=cast.wang_fang, starts_at=clock.now() + HOUR)
    services.open_meeting(meeting, actor=cast.wang_fang)
    there = [cast.wang_fang, cast.zhang_wei]
    services.close_meeting(meeting, actor=cast.wang_fang, present=there, minutes="All agreed")
    deliver()
    assert told("board_meeting.closed") == ["chen.hao", "zhang.wei"]
    letters = Mail.objects.filter(event__name="board_meeting.closed")
    assert [one.user for one in letters] == [cast.zhang_wei] and "All agreed" in letters[0].text


def test_who_keeps_a_template_hears_once_that_its_end_comes_near_and_that_it_is_there(cast, deliver):
    template = standard_template(cast)
    today = timezone.localdate(clock.now())
    services.approve_template(template, actor=cast.wang_fang, valid_until=today + timedelta(days=15))
    assert services.announce_expiry() == 0
    with clock.travel(clock.now() + timedelta(days=2)):
        assert (services.announce_expiry(), services.announce_expiry()) == (1, 0)
    with clock.travel(clock.now() + timedelta(days=16)):
        assert services.expire_templates() == 1
    deliver()
    for name in ("change_template.expiring", "change_template.expired"):
        assert told(name) == ["liu.yang", "wang.fang"], name
    assert Mail.objects.filter(kind="template", user=cast.liu_yang).count() == 2
