"""Many people, one ticket, real threads on real PostgreSQL."""

import pytest
from django.db import transaction

from accounts.models import Role
from core.errors import Refused, Stale
from events import services as events
from events.models import Delivery, Event
from events.subscribing import Subscription, handlers_for
from incidents import services as incidents
from incidents.models import Incident
from tests.cast import person
from tests.races.together import together
from tickets import services as tickets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_ten_agents_claim_one_ticket_and_nine_are_told_who(cast, incident):
    agents = [person(f"agent{n}", f"坐席{n}", cast.xinghe, Role.AGENT, teams=[cast.desk]) for n in range(10)]
    outcomes = together(10, lambda n: tickets.take_transition(
        Incident.objects.get(pk=incident.pk), "claim", actor=agents[n], values={"team": cast.desk}))  # fmt: skip
    winners = [o for o in outcomes if isinstance(o, Incident)]
    refused = [o for o in outcomes if isinstance(o, Refused)]
    assert (len(winners), len(refused)) == (1, 9)
    assert {str(o) for o in refused} == {f"{winners[0].assignee.display_name} has already taken it."}
    assert Event.objects.filter(name="incident.claimed").count() == 1


def test_two_editors_of_one_version_and_only_the_first_writes(cast, incident):

    def edit(n):
        seen = Incident.objects.get(pk=incident.pk)
        return tickets.edit(seen, actor=cast.zhang_wei, changes={"title": f"title {n}"}, version=1)

    outcomes = together(2, edit)
    assert sorted(type(o).__name__ for o in outcomes) == ["Incident", "Stale"]
    stale = next(o for o in outcomes if isinstance(o, Stale))
    assert stale.changes[0].data["changes"]["title"][1] == Incident.objects.get(pk=incident.pk).title


def test_numbers_are_unique_under_load(cast):
    made = together(8, lambda n: incidents.report_incident(actor=cast.li_na, title=f"t{n}", service=cast.erp))
    assert len({incident.number for incident in made}) == 8


def test_tickets_attached_to_each_other_at_once_make_no_ring(cast, incident):
    other = incidents.report_incident(actor=cast.li_na, title="another", service=cast.erp)
    pairs = [(incident, other), (other, incident)]
    outcomes = together(2, lambda n: tickets.set_parent(*pairs[n], actor=cast.zhang_wei))
    assert sum(isinstance(o, Refused) for o in outcomes) == 1


COUNTED = []


def count_it(event):
    COUNTED.append(event.pk)


def test_eight_workers_deliver_each_event_once(cast, monkeypatch):
    monkeypatch.setattr("itsm.subscriptions.SUBSCRIPTIONS", [Subscription(("thing.*",), later=(count_it,))])
    handlers_for.cache_clear()
    COUNTED.clear()
    with transaction.atomic():
        for _ in range(40):
            events.publish("thing.happened", subject=cast.li_na, actor=None)
    together(8, lambda n: events.deliver_due())
    while events.deliver_due():
        pass
    handlers_for.cache_clear()
    assert sorted(COUNTED) == sorted(Event.objects.filter(name="thing.happened").values_list("pk", flat=True))
    assert not Delivery.objects.exclude(state="done").exists()
