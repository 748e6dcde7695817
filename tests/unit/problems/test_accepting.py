"""A known error that is left as it is: asked by one, agreed to by another, for a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import clock
from core.errors import InvalidInput, Refused
from notifications.models import Notification
from problems import services
from tests.problems import known_error
from tickets import services as tickets
from tickets.models import ApprovalSlot
from tickets.services import approving

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.localdate(clock.now()) + timedelta(days=days)


def ask(cast, problem, **about):
    about = {"approver": cast.wang_fang, "reason": "Replaced next year", "review_on": in_days(90), **about}
    return services.ask_acceptance(problem, actor=cast.chen_hao, **about)


def vote(cast, problem, *, approve, reason=""):
    slot = ApprovalSlot.objects.asked().get(ticket=problem.pk)
    approving.decide(slot, actor=cast.wang_fang, approve=approve, reason=reason)
    problem.refresh_from_db()
    return problem


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("reason", " "), ("review_on", 0), ("review_on", 400), ("approver", "chen_hao"), ("approver", "zhang_wei")],
)
def test_it_is_asked_of_another_person_with_a_reason_and_a_day(cast, field, wrong):
    about = {field: in_days(wrong) if field == "review_on" else getattr(cast, wrong, wrong)}
    with pytest.raises(InvalidInput) as refused:
        ask(cast, known_error(cast), **about)
    assert list(refused.value.fields) == [field]


def test_accepted_it_is_closed_and_comes_back_on_its_day(cast, deliver):
    problem = known_error(cast)
    asked = ask(cast, problem)
    problem = vote(cast, problem, approve=True)
    assert (problem.state, problem.closing_code) == ("closed", "risk_accepted")
    assert problem.review_on == asked.review_on
    assert services.review_risks() == 0
    with clock.travel(clock.now() + timedelta(days=91)):
        assert services.review_risks() == 1
        deliver()
    problem.refresh_from_db()
    assert (problem.state, problem.closing_code, problem.closed_at) == ("known_error", "", None)
    assert Notification.objects.filter(user=cast.chen_hao, kind="problem", ticket=problem.pk).exists()


def test_refused_it_stays_a_known_error(cast):
    problem = known_error(cast)
    ask(cast, problem)
    problem = vote(cast, problem, approve=False, reason="Too dangerous")
    assert problem.state == "known_error"
    assert problem.acceptances.get().state == "refused"


def test_what_goes_on_otherwise_needs_no_decision_any_more(cast):
    problem = known_error(cast)
    ask(cast, problem)
    tickets.take_transition(problem, "investigate", actor=cast.chen_hao)
    assert problem.acceptances.get().state == "dropped"
    assert not ApprovalSlot.objects.asked().filter(ticket=problem.pk).exists()


def test_only_a_known_error_is_accepted(cast):
    problem = tickets.take_transition(known_error(cast), "investigate", actor=cast.chen_hao)
    with pytest.raises(Refused):
        ask(cast, problem)
