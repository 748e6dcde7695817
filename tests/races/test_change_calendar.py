"""Two changes that collide are put into the calendar at one instant: one is in it, the other is told."""

import time
from datetime import timedelta

import pytest

from changes import services as changes
from changes.models import Change, Collision
from changes.services import scheduling
from core import clock
from core.errors import Refused
from tests.changes import asked, change_manager, granted, planned
from tests.landscape import landscape
from tests.races.together import together
from tickets import services as tickets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def looks_long(change):
    """A check that finds nothing and takes its time, in which the other one may look as well."""
    time.sleep(0.4)
    return ()


def test_of_two_that_collide_one_enters_the_calendar(cast, monkeypatch):
    land, manager = landscape(cast), change_manager(cast)
    start = clock.now() + timedelta(days=2)
    dates = {"planned_start": start, "planned_end": start + timedelta(hours=2)}
    pair = []
    for host in ("host-1", "host-2"):
        change = planned(cast, items=[land[host]], test_evidence="", **dates)  # which keeps it waiting
        change = granted(asked(change, actor=cast.chen_hao), by=manager)
        pair.append(changes.plan_change(change, actor=cast.chen_hao, values={"test_evidence": "Done"}))
    assert {one.state for one in pair} == {"awaiting_approval"}
    monkeypatch.setattr(scheduling, "CHECKS", (*scheduling.CHECKS, looks_long))
    outcomes = together(2, lambda n: tickets.take_transition(pair[n], "schedule", actor=cast.chen_hao))
    assert sorted(type(one).__name__ for one in outcomes) == ["Change", "Refused"]
    assert "collides" in str(next(one for one in outcomes if isinstance(one, Refused)))
    assert Change.objects.filter(state="scheduled").count() == 1


def test_checks_at_one_instant_write_each_collision_once(cast):
    land = landscape(cast)
    for host in ("host-1", "host-2"):
        planned(cast, items=[land[host]])
    outcomes = together(4, lambda n: changes.check_collisions() if n % 2 else changes.check_asked())
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert Collision.objects.count() == 1
