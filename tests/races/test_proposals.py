"""Two people, or two looks, at one recurrence at one instant: one outcome."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Refused
from incidents import services as incidents
from problems import services
from problems.models import Problem, Proposal, RecurrenceRule
from tests.landscape import landscape
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


@pytest.fixture
def made(cast):
    """Five incidents on the core switch, not looked at yet; five are enough."""
    RecurrenceRule.objects.exclude(basis="item").delete()
    core = landscape(cast)["core"]
    return [
        incidents.report_incident(actor=cast.li_na, title="x", affected_items=[core], service=cast.email)
        for _n in range(6)
    ]


def test_two_looks_at_one_instant_propose_once(made):
    for one in made[:4]:
        services.look_at(one.pk)
    outcomes = together(2, lambda n: services.look_at(made[4 + n].pk))
    assert outcomes == [None, None]
    for one in made:
        services.look_at(one.pk)
    assert Proposal.objects.get().rows.count() == 6


def test_of_two_who_decide_the_second_is_told_what_the_first_did(cast, made):
    for one in made:
        services.look_at(one.pk)
    proposal, until = Proposal.objects.get(), clock.now().date() + timedelta(days=9)
    acts = (
        lambda: services.accept(proposal, actor=cast.wang_fang, title="The switch"),
        lambda: services.dismiss(proposal, actor=cast.admin, reason="no", silent_until=until),
    )
    outcomes = together(2, lambda n: acts[n]())
    assert len([one for one in outcomes if isinstance(one, Refused)]) == 1, outcomes
    proposal.refresh_from_db()
    assert proposal.state == ("accepted" if Problem.objects.exists() else "dismissed")
