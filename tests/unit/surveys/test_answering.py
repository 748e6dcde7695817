"""Answers: recorded, changed, expired, heard."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from notifications.models import Notification
from surveys import selectors, services
from surveys.models import Survey
from tickets import services as tickets

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the licence server"}


@pytest.fixture
def survey(cast, incident, deliver):
    tickets.take_transition(
        incident, "assign", actor=cast.zhang_wei, values={"team": cast.desk, "assignee": cast.zhang_wei}
    )
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    tickets.take_transition(incident, "close", actor=cast.li_na)
    deliver()
    services.send_due()
    deliver()
    Notification.objects.all().delete()
    return Survey.objects.get()


def test_answer_is_found_on_the_ticket_and_told_to_the_ledger(cast, survey):
    services.answer(survey, score=5, comment="Fast!")
    answer = selectors.answer_for(survey.ticket)
    assert (answer.score, answer.comment) == (5, "Fast!")
    event = Event.objects.get(name="survey.answered")
    assert (event.subject_kind, event.subject_id, event.actor) == ("ticket", survey.ticket_id, cast.li_na)


def test_answer_can_be_changed_and_the_same_answer_says_nothing_new(survey):
    services.answer(survey, score=2)
    services.answer(survey, score=4, comment="On second thought")
    services.answer(survey, score=4)
    assert Survey.objects.get().comment == "On second thought"
    assert Event.objects.filter(name="survey.answered").count() == 2


def test_low_score_reaches_the_lead_until_somebody_takes_it_up(cast, survey, deliver):
    cast.desk.lead = cast.wang_fang
    cast.desk.save()
    services.answer(survey, score=1, comment="Three days!")
    deliver()
    assert Notification.objects.get().user == cast.wang_fang
    assert list(selectors.to_follow_up(cast.wang_fang)) == [survey]
    with pytest.raises(NotAllowed):
        services.acknowledge_low_score(survey, actor=cast.chen_hao)
    services.acknowledge_low_score(survey, actor=cast.wang_fang)
    assert list(selectors.to_follow_up(cast.wang_fang)) == []
    with pytest.raises(Refused):
        services.acknowledge_low_score(survey, actor=cast.wang_fang)


def test_score_that_rises_needs_no_follow_up(survey):
    services.answer(survey, score=1)
    services.answer(survey, score=3)
    assert Survey.objects.get().follow_up_at is None


def test_expired_link_takes_no_answer(survey):
    with clock.travel(survey.expires_at + timedelta(seconds=1)), pytest.raises(Refused):
        services.answer(survey, score=5)


@pytest.mark.parametrize(("score", "comment"), [(0, ""), (6, ""), (None, ""), (5, "x" * 2001)])
def test_impossible_answer_changes_nothing(survey, score, comment):
    with pytest.raises(InvalidInput):
        services.answer(survey, score=score, comment=comment)
    assert Survey.objects.get().score is None


def test_only_the_requester_rates(cast, survey):
    with pytest.raises(NotAllowed):
        services.rate(survey.ticket, actor=cast.zhao_min, score=5)
