"""How well recurrences are found: precision and recall over planted clusters and decoys, and the same twice.

docs/problems.md tells the figures.
"""

from datetime import timedelta

import pytest

from core import clock
from problems import services
from problems.models import Proposal, Sighting
from problems.services import sighting
from tests import recurrences, recurrences_held_out
from tests.recurrences import NOW_BEGINS, START, reports

pytestmark = pytest.mark.django_db
# Of the month that the words were written with, and of one that they were not fitted to.
FLOOR, FLOOR_HELD_OUT = 0.9, {"precision": 0.9, "recall": 0.2}
# Of a proposal's incidents so many are of one planted cluster when it is a good one.
PURE = 0.8


def found():
    """{what it is on: its incidents} of everything that was proposed."""
    return {
        (row.basis, row.item_id, row.service_id, row.category_id, tuple(held)): tuple(held)
        for row in Proposal.objects.all()
        if (held := sorted(row.rows.values_list("incident", flat=True)))
    }


def month_of(cast, told):
    """{incident: cluster} of a month that was looked at as it came, after three months that were only imported."""
    truth = {}
    for name, incident, day in reports(cast, told=told.PLANTED | told.DECOYS):
        truth[incident.pk] = name
        if day < NOW_BEGINS:
            sighting.remember(incident.pk)
        else:
            services.look_at(incident.pk)
    return truth


def test_precision_and_recall_and_a_sweep_from_scratch_finds_the_same(cast):
    month = month_of(cast, recurrences)
    looked = found()
    figures = measure(month, list(looked), recurrences.PLANTED)
    assert min(figures) >= FLOOR
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


def test_precision_and_recall_of_words_that_the_list_does_not_know(cast):
    month = month_of(cast, recurrences_held_out)
    precision, recall, incidents_right, incidents_held = measure(month, list(found()), recurrences_held_out.PLANTED)
    assert min(precision, incidents_right) >= FLOOR_HELD_OUT["precision"]
    assert min(recall, incidents_held) >= FLOOR_HELD_OUT["recall"]


def measure(month, proposals, planted):
    """Precision and recall, of proposals, and of the incidents in them."""
    names = [[month[pk] for pk in held] for *_on, held in proposals]
    best = [max(set(held), key=held.count) for held in names]
    good = [n for n, held in enumerate(names) if best[n] in planted and held.count(best[n]) >= PURE * len(held)]
    right = [name == best[n] and n in good for n, held in enumerate(names) for name in held]
    held_right = {pk for n in good for pk in proposals[n][-1] if month[pk] == best[n]}
    of_planted = [pk for pk, name in month.items() if name in planted]
    missed = sorted(planted.keys() - {best[n] for n in good})
    wrong = [held for n, held in enumerate(names) if n not in good]
    figures = (
        len(good) / len(proposals), len({best[n] for n in good}) / len(planted),
        sum(right) / len(right), len(held_right) / len(of_planted),
    )  # fmt: skip
    print("\nproposals: precision {:.2f}, recall {:.2f}; incidents: {:.2f}, {:.2f}".format(*figures), missed, wrong)
    return figures
