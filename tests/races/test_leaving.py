"""Somebody is deactivated in the moment in which others give them work."""

import pytest

from accounts import services
from accounts.models import User
from core.errors import Refused
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
