"""Tickets shared with colleagues: who may let whom in, what the colleague can do, and how it ends."""

import pytest

from accounts.models import User
from core.errors import NotAllowed
from events.models import Event
from tickets import selectors
from tickets import services as tickets
from tickets.models import Comment, Ticket, Watcher


@pytest.fixture(autouse=True)
def readers(cast):
    User.objects.update(language="en")


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def shared(client, ticket, words):
    return client.post(f"/tickets/{ticket.number}/share/", {"person": words})


@pytest.fixture
def hers(client, cast, incident):
    """李娜's browser, and her ticket shared with 赵敏."""
    client.force_login(cast.li_na)
    assert shared(client, incident, "赵敏").status_code == 302
    return client


def test_colleague_finds_reads_and_answers_what_was_shared(hers, cast, incident):
    assert "Zhao Min" in page(hers, f"/tickets/{incident.number}/")
    hers.force_login(cast.zhao_min)
    assert incident.number in page(hers, "/tickets/")
    text = page(hers, f"/tickets/{incident.number}/")
    assert "点击登录没有反应" in text and "Share with a colleague" not in text and "Do not follow" in text
    assert hers.post(f"/tickets/{incident.number}/reply/", {"body": "我也一样"}).status_code == 302
    assert Comment.objects.get().author == cast.zhao_min


def test_colleague_neither_acts_for_the_requester_nor_is_waited_for(hers, cast, incident):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei,
                            values={"resolution_code": "fixed", "resolution_notes": "ok"})  # fmt: skip
    assert incident.number in page(hers, "/tickets/?status=waiting")
    hers.force_login(cast.zhao_min)
    assert incident.number not in page(hers, "/tickets/?status=waiting")
    text = page(hers, f"/tickets/{incident.number}/")
    assert "Yes, it is solved" not in text and "No, not yet" not in text
    assert hers.post(f"/tickets/{incident.number}/nudge/").status_code == 302
    assert not Event.objects.filter(name="ticket.nudged").exists()
    assert shared(hers, incident, "wang.fang").status_code == 403


def test_internal_notes_stay_hidden_from_colleagues(hers, cast, incident):
    tickets.comment(incident, actor=cast.zhang_wei, body="内部的话", is_internal=True)
    hers.force_login(cast.zhao_min)
    assert "内部的话" not in page(hers, f"/tickets/{incident.number}/")


def test_sharing_ends_by_the_requester_and_by_the_colleague(hers, cast, incident):
    end = f"/tickets/{incident.number}/share/{cast.zhao_min.pk}/end/"
    assert hers.post(end)["Location"] == f"/tickets/{incident.number}/#sharing"
    assert not Ticket.objects.visible_to(cast.zhao_min).exists()
    assert hers.post(end).status_code == 404
    shared(hers, incident, "zhao.min")
    hers.force_login(cast.zhao_min)
    assert hers.post(end)["Location"] == "/tickets/"
    assert page(hers, f"/tickets/{incident.number}/", 404)
    names = Event.objects.filter(name__contains="watched").order_by("pk").values_list("name", "actor__username")
    assert list(names) == [("ticket.watched", "li.na"), ("ticket.unwatched", "li.na"),
                           ("ticket.watched", "li.na"), ("ticket.unwatched", "zhao.min")]  # fmt: skip


@pytest.mark.parametrize("words", ["", "qian.duo", "nobody at all", "a\0b", "x" * 200])
def test_nobody_else_is_let_in(client, cast, incident, words):
    client.force_login(cast.li_na)
    response = shared(client, incident, words)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Watcher.objects.exists()


def test_whoever_did_not_raise_it_shares_nothing(client, cast, incident):
    client.force_login(cast.zhao_min)
    assert shared(client, incident, "li.na").status_code == 404
    for actor, person in ((cast.zhao_min, cast.li_na), (cast.li_na, cast.stranger), (cast.li_na, cast.chen_hao)):
        with pytest.raises(NotAllowed):
            tickets.watch(incident, user=person, actor=actor)
        with pytest.raises(NotAllowed):
            tickets.unwatch(incident, user=person, actor=actor)


def test_which_people_of_the_desk_follow_it_is_not_told(hers, cast, incident):
    tickets.watch(incident, user=cast.chen_hao, actor=cast.zhang_wei)
    assert set(selectors.watching(incident, cast.li_na)) == {cast.zhao_min}
    assert set(selectors.watching(incident, cast.zhang_wei)) == {cast.zhao_min, cast.chen_hao}
    assert "Chen Hao" not in page(hers, f"/tickets/{incident.number}/")
    assert hers.post(f"/tickets/{incident.number}/share/{cast.chen_hao.pk}/end/").status_code == 404


def test_deactivated_colleague_is_refused(client, cast, incident):
    client.force_login(cast.li_na)
    User.objects.filter(pk=cast.zhao_min.pk).update(is_active=False)
    assert shared(client, incident, "zhao.min").status_code == 422
