"""The figures of changes: with their denominators, and each opens exactly the list it counts."""

from datetime import timedelta

import pytest

from changes.models import CausedIncident, Change
from changes.selectors.figures import FIGURES, LABELS, rows_of
from core import clock
from core.shares import figures_of
from tests.changes import planned

DAY = timedelta(days=1)


def figures_for(user, days):
    return figures_of(FIGURES, rows_of, user, days)


def closed(cast, ago, outcome, **values):
    change = planned(cast, items=[cast.erp], **values)
    at = clock.now() - ago
    Change.objects.filter(pk=change.pk).update(
        state="closed", outcome=outcome, actual_start=at, actual_end=at, closed_at=at, is_open=False
    )
    return change


def test_rates_stand_beside_what_they_are_of(cast, incident):
    change = closed(cast, DAY, "successful")
    closed(cast, DAY, "successful_with_issues")
    closed(cast, DAY, "failed", type="emergency")
    closed(cast, 60 * DAY, "failed")
    CausedIncident.objects.create(
        change=change, incident=incident, state="confirmed", suggested_at=clock.now(), decided_at=clock.now()
    )
    success, emergency, caused = figures_for(cast.chen_hao, 30)
    assert (success.part, success.whole, round(success.percent)) == (("successful", 2), ("closed", 3), 67)
    assert (emergency.part[1], emergency.whole[1]) == (1, 3)
    assert (caused.part[1], caused.whole[1]) == (1, 1)
    assert figures_for(cast.chen_hao, 90)[0].whole[1] == 4
    assert figures_for(cast.stranger, 90)[0].percent is None


@pytest.mark.parametrize("key", LABELS)
def test_every_number_opens_its_list(cast, incident, client, key):
    closed(cast, DAY, "successful")
    closed(cast, DAY, "failed", type="emergency")
    client.force_login(cast.chen_hao)
    page = client.get(f"/changes/figures/{key}/?days=30").content.decode()
    assert page.count("data-listed") == rows_of(key, cast.chen_hao, 30).count()
