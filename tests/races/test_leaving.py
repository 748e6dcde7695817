"""Somebody is deactivated in the moment in which others give them work."""

import threading
import time

import pytest

from accounts import services
from accounts.models import User
from accounts.services import leaving
from core.errors import InvalidInput, Refused
from core.holdings import portions_of
from incidents import services as incidents
from incidents.models import Incident
from tests.races.together import together
from tickets import services as tickets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_no_ticket_is_left_with_somebody_who_left(cast):
    made = [incidents.report_incident(actor=cast.li_na, title=f"t{n}", service=cast.erp) for n in range(6)]

    def act(n):
        if n == len(made):
            person = User.objects.get(pk=cast.zhang_wei.pk)
            receivers = {one.key: cast.chen_hao for one in portions_of(person) if one.pass_on}
            return services.hand_over(person, receivers, actor=cast.admin)
        ticket = Incident.objects.get(pk=made[n].pk)
        values = {"team": cast.desk, "assignee": User.objects.get(pk=cast.zhang_wei.pk)}
        return tickets.take_transition(ticket, "assign", actor=cast.wang_fang, values=values)

    outcomes = together(len(made) + 1, act)
    unexpected = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert unexpected == []
    if not User.objects.get(pk=cast.zhang_wei.pk).is_active:
        assert not Incident.objects.filter(assignee=cast.zhang_wei).exists()
    else:
        assert isinstance(outcomes[-1], Refused), "who left was told that something came meanwhile"


def test_whoever_is_being_deactivated_is_given_nothing_more(cast, monkeypatch):
    """The deactivation is held up in its last step, behind its look at what is left; the ticket comes then."""
    ticket = incidents.report_incident(actor=cast.li_na, title="late", service=cast.erp)
    is_looking, deactivate = threading.Event(), leaving.people.deactivate

    def slowly(person, *, actor):
        is_looking.set()
        time.sleep(0.5)
        return deactivate(person, actor=actor)

    monkeypatch.setattr(leaving.people, "deactivate", slowly)

    def act(n):
        person = User.objects.get(pk=cast.zhang_wei.pk)
        if n == 0:
            receivers = {one.key: cast.chen_hao for one in portions_of(person) if one.pass_on}
            return services.hand_over(person, receivers, actor=cast.admin)
        assert is_looking.wait(timeout=20)
        values = {"team": cast.desk, "assignee": person}
        return tickets.take_transition(ticket, "assign", actor=cast.wang_fang, values=values)

    left, given = together(2, act)
    assert not isinstance(left, Exception) and isinstance(given, InvalidInput)
    assert Incident.objects.get(pk=ticket.pk).assignee is None
