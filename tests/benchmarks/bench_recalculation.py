"""200,000 open clocks carried to a new version of their calendar while sweeps go on in time. Run by hand."""

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

import pytest
from django.db import connection

from core import clock as wall
from incidents import services as incidents
from sla import services as sla
from sla.models import Calendar, Clock, Ruling
from sla.selectors import followers
from sla.services import recalculating
from tests.benchmarks.generated import generate

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
# Of the tickets generated every fourth is open, and each has two clocks.
SMALL, LARGE = 8_000, 400_000
# Seconds: what a batch usually holds its tickets' locks for, and what a sweep in between may take at worst.
BATCH_USUALLY, SWEEP_AT_MOST = 1.0, 2.0
DUE_BETWEEN = 40


@pytest.fixture
def house(cast):
    """`house(count)` fills the house up to `count` tickets reported on Monday; open clocks count by the office."""
    with wall.travel(MONDAY):
        sla.install_defaults()
        incident = incidents.report_incident(actor=cast.li_na, title="慢", service=cast.erp, impact=2, urgency=2)
    made = [0]

    def up_to(count):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # filling takes longer than any page may
        people, teams = [cast.zhang_wei.pk, cast.chen_hao.pk], [cast.desk.pk, cast.network.pk]
        generate(incident, count - made[0], teams=teams, assignees=people, first=made[0])
        with connection.cursor() as cursor:
            # The engine counts by the priority that the report's terms know; each clock was started by a ruling.
            cursor.execute("UPDATE tickets_ticket SET priority = 3 WHERE is_open AND priority <> 3")
            cursor.execute(
                "INSERT INTO sla_ruling (clock_id, at, reason, terms_id, agreement_id, mode) "
                "SELECT id, %s, 'started', terms_id, agreement_id, '' FROM sla_clock c "
                "WHERE NOT EXISTS (SELECT 1 FROM sla_ruling r WHERE r.clock_id = c.id)",
                [MONDAY],
            )
            for table in ("sla_ruling", "sla_clock", "tickets_ticket"):
                cursor.execute(f"ANALYZE {table}")
        made[0] = count

    return up_to


def close_on(day):
    office = Calendar.objects.get(slug="office")
    current = office.current()
    exceptions = current.exceptions | {day: []}
    sla.publish_calendar(office, zone=current.zone, weekly=current.weekly, exceptions=exceptions)
    return office


def timed(do):
    started = perf_counter()
    done = do()
    return done, perf_counter() - started


def make_due(count):
    """Let the next threshold of some clocks come this second, as time would."""
    pks = Clock.objects.filter(next_at__isnull=False).order_by("-pk").values("pk")[:count]
    Clock.objects.filter(pk__in=list(pks.values_list("pk", flat=True))).update(
        next_at=wall.now() - timedelta(seconds=2)
    )


def test_two_hundred_thousand_clocks_follow_while_sweeps_go_on(house):
    rates = {}
    for count, day in ((SMALL, "2026-11-18"), (LARGE, "2026-11-19")):
        house(count)
        with wall.travel(MONDAY + timedelta(minutes=30)):
            office = close_on(day)
            behind = followers.outdated_clocks(office).count()
            batches, sweeps, done = [], [], False
            while not done:
                more, seconds = timed(recalculating.recalculate)
                batches.append(seconds)
                done = not more
                if len(batches) % 20 == 1:
                    make_due(DUE_BETWEEN)
                    moved, seconds = timed(sla.sweep)
                    assert moved == DUE_BETWEEN
                    sweeps.append(seconds)
            assert not followers.outdated_clocks(office).exists()
        rates[count], usual = behind / sum(batches), median(batches)
        print(
            f"\n{behind} clocks in {sum(batches):.1f} s, {rates[count]:.0f} a second; "
            f"batches of {usual:.2f} s, the longest {max(batches):.2f} s; longest sweep in between {max(sweeps):.2f} s"
        )
        assert usual < BATCH_USUALLY and max(sweeps) < SWEEP_AT_MOST
    assert Ruling.objects.filter(reason="calendar").count() >= behind >= 200_000
    # A clock costs as much among two hundred thousand as among four.
    assert rates[LARGE] > rates[SMALL] / 1.5
