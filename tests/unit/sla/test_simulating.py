"""The simulator says what a real ticket's clocks say, and writes nothing."""

from datetime import timedelta

import pytest

from core import clock as wall
from incidents import services as incidents
from sla import services
from sla.models import AgreementVersion, Clock
from sla.services import simulating
from sla.services.simulating import Step
from tests.monday import HOUR, MONDAY
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db):
    with wall.travel(MONDAY):
        return services.install_defaults()


def simulate(version, *steps, priority=3):
    found = simulating.simulate(version, kind="incident", priority=priority, raised_at=MONDAY, steps=steps)
    return {one.metric: one for one in found}


def later(hours):
    return MONDAY + timedelta(hours=hours)


def test_simulated_deadlines_are_those_of_the_next_real_ticket(cast, version):
    with wall.travel(MONDAY):
        incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp, impact=2, urgency=2)
    real = dict(Clock.objects.values_list("metric", "due_at"))
    assert {metric: one.due_at for metric, one in simulate(version).items()} == real


def test_every_kind_of_ticket_is_counted_by_what_is_promised_for_it(version):
    draft = AgreementVersion.objects.create(agreement=version.agreement, number=2)
    target = version.targets.filter(metric="resolution", priority=3).get()
    target.pk, target._state.adding, target.version, target.kind, target.seconds = None, True, draft, "request", HOUR
    target.save()
    [one] = simulating.simulate(draft, kind="request", priority=3, raised_at=MONDAY)
    assert (one.metric, one.due_at) == ("resolution", later(1))
    assert simulating.simulate(draft, kind="incident", priority=3, raised_at=MONDAY) == []


def test_steps_pause_answer_and_resolve_like_the_real_ones(cast, version):
    with wall.travel(MONDAY):
        ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp, impact=2, urgency=2)
        ticket = tickets.take_transition(ticket, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
        ticket = tickets.take_transition(ticket, "start", actor=cast.zhang_wei, values={})
    with wall.travel(later(1)):
        ticket = tickets.take_transition(
            ticket, "hold", actor=cast.zhang_wei, values={"pending_reason": "caller", "comment": "?"}
        )
    with wall.travel(later(2)):
        ticket = tickets.take_transition(ticket, "resume", actor=cast.zhang_wei, values={})
    steps = [Step(later(1), "pause", "caller"), Step(later(1), "answer"), Step(later(2), "resume")]
    simulated = simulate(version, *steps)
    for clock in Clock.objects.all():
        one = simulated[clock.metric]
        assert (one.view.outcome.value if not one.view.stage.is_open else "", one.due_at) == (
            clock.outcome,
            clock.due_at,
        )


def test_days_drawn_add_up_to_the_target(version):
    one = simulate(version)["resolution"]
    days = simulating.days_of(one, MONDAY.tzinfo)
    assert sum(seconds for _, _, seconds in days) == one.target == 3 * 27000
    assert [len(pieces) for _, pieces, _ in days] == [2, 2, 2]


def test_matching_agreement_is_found_as_for_a_real_ticket(cast, version):
    asked = {"organisation": cast.xinghe, "service": cast.erp, "priority": 3, "kind": "incident"}
    assert simulating.binding_version(**asked) == version
    with wall.travel(MONDAY):
        own = services.promise_resolution_only(cast.xinghe)
    assert simulating.binding_version(**asked) == own
    assert simulating.binding_version(**asked | {"kind": "problem"}) is None
