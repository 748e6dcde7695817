"""What comes by the dozen every day is no recurrence, and what recurs beside it is found all the same."""

from datetime import timedelta

import pytest

from cmdb.models import ConfigurationItem
from core import clock
from incidents import services as incidents
from problems import services
from problems.models import Proposal, RecurrenceRule
from problems.recurring.finding import COMPARED, Seen, Terms, alike_within
from tests.recurrences import stream
from tickets.models import Category

pytestmark = pytest.mark.django_db
DAYS, A_DAY = 7, 48
OTHERS = ("Cannot print the travel form", "待办数量不对", "通讯录搜不到新人", "Font too small in the editor")


@pytest.fixture
def busy(cast):
    """An incident that has all of what the rules compare, as many a day as ever; looked at by nobody yet."""
    RecurrenceRule.objects.update(days=DAYS)
    category = Category.objects.create(slug="how-to", name_en="How to")
    item = ConfigurationItem.objects.create(
        slug="portal", item_class_id="server", name_en="Portal", organisation=cast.xinghe
    )
    return incidents.report_incident(
        actor=cast.li_na, title="Export of the report is slow", service=cast.erp, category=category,
        affected_items=[item],
    )  # fmt: skip


def every(per_day, *, since, until=0):
    """Moments of `per_day` a day from so many days ago until so many days ago."""
    now, count = clock.now(), round(per_day * (since - until))
    return [now - timedelta(days=since) + timedelta(days=(since - until) * n / count) for n in range(count)]


def test_a_steady_stream_is_not_proposed_however_many_come(busy):
    stream(busy, every(A_DAY, since=7 * DAYS))
    services.look_at(busy.pk)
    assert not Proposal.objects.exists()


def test_three_times_as_many_as_usual_are(busy):
    stream(busy, every(A_DAY, since=7 * DAYS, until=DAYS))
    stream(busy, every(3 * A_DAY, since=DAYS), first=100_000)
    services.look_at(busy.pk)
    usual = DAYS * A_DAY
    found = {one.basis: one for one in Proposal.objects.all()}
    assert found, "it is told once, on the first of the rules"
    for one in found.values():
        assert abs(float(one.usual) - usual) <= 0.02 * usual
        assert one.rows.count() == COMPARED + 1, "of very many the latest are told"


def test_a_few_alike_among_very_many_others_are_found(cast, busy):
    RecurrenceRule.objects.exclude(basis="words").delete()
    stream(busy, every(3 * A_DAY, since=DAYS), OTHERS)
    stream(busy, every(5 / 6, since=6), ["Error E4711 on saving"], first=100_000)
    incident = incidents.report_incident(actor=cast.li_na, title="Saving failed: E4711", service=cast.erp)
    services.look_at(incident.pk)
    assert Proposal.objects.get().rows.count() == 6


def test_of_more_than_are_read_those_that_are_stand_for_the_others():
    now, words = clock.now(), frozenset(["=slow"])
    about = Seen(0, now, 1, None, frozenset(), words)
    terms = Terms("words", 5, 10, 0.45, 2)
    read = [
        Seen(n, now - timedelta(days=n / COMPARED), 1, None, frozenset(), words if n % 2 else frozenset(["=full"]))
        for n in range(1, COMPARED + 1)
    ]
    alike, count = alike_within(about, read, now - timedelta(days=10), now, terms)
    assert len(alike) == COMPARED / 2 and round(count) == 10 * COMPARED / 2
    assert alike_within(about, read[:-1], now - timedelta(days=10), now, terms)[1] == COMPARED / 2
