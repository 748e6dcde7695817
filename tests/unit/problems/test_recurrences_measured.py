"""How well recurrences are found: precision and recall over planted clusters and decoys, and the same twice.

docs/problems.md tells the figures.
"""

from datetime import timedelta

import pytest

from core import clock
from problems import services
from problems.models import Proposal, Sighting
from problems.services import sighting
from tests.recurrences import NOW_BEGINS, PLANTED, START, reports
from tests.recurrences import house as build

pytestmark = pytest.mark.django_db
FLOOR = 0.9
# Of a proposal's incidents so many are of one planted cluster when it is a good one.
PURE = 0.8


def found():
    """{what it is on: its incidents} of everything that was proposed."""
    return {
        (row.basis, row.item_id, row.service_id, row.category_id, tuple(held)): tuple(held)
        for row in Proposal.objects.all()
        if (held := sorted(row.rows.values_list("incident", flat=True)))
    }


@pytest.fixture
def month(cast):
    """{incident: cluster} of a month that was looked at as it came, after three months that were only imported."""
    truth = {}
    for name, incident, day in reports(cast, build(cast)):
        truth[incident.pk] = name
        if day < NOW_BEGINS:
            sighting.remember(incident.pk)
        else:
            services.look_at(incident.pk)
    return truth


def test_precision_and_recall_and_a_sweep_from_scratch_finds_the_same(month):
    looked = found()
    measure(month, list(looked))
    begun = START + timedelta(days=NOW_BEGINS)
    with clock.travel(START + timedelta(days=119)):
        services.sweep(since=begun)
        assert found() == looked, "nothing was missed, so nothing is new"
        Proposal.objects.all().delete()
        Sighting.objects.all().delete()
        for _turn in range(2):
            sighting.remember_all(START)
            services.sweep(since=begun)
            assert found() == looked


def measure(month, proposals):
    """Gate precision and recall, of proposals and of the incidents in them."""
    names = [[month[pk] for pk in held] for *_on, held in proposals]
    best = [max(set(held), key=held.count) for held in names]
    good = [n for n, held in enumerate(names) if best[n] in PLANTED and held.count(best[n]) >= PURE * len(held)]
    precision, recall = len(good) / len(proposals), len({best[n] for n in good}) / len(PLANTED)
    right = [name == best[n] and n in good for n, held in enumerate(names) for name in held]
    held_right = {pk for n in good for pk in proposals[n][-1] if month[pk] == best[n]}
    planted = [pk for pk, name in month.items() if name in PLANTED]
    of_incidents = sum(right) / len(right), len(held_right) / len(planted)
    print(f"\nproposals: precision {precision:.2f}, recall {recall:.2f}; incidents: {of_incidents}")
    assert precision >= FLOOR and recall >= FLOOR, names
    assert min(of_incidents) >= FLOOR
