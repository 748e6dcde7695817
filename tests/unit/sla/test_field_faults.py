"""Faults that engines of others have had (their numbers: F10 …): each must not happen here."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock as wall
from events.models import Event
from incidents import services as incidents
from sla import services
from sla.models import (
    Agreement,
    AgreementVersion,
    Calendar,
    Clock,
    Correction,
    Firing,
    SweepDelay,
    Target,
)
from sla.selectors import lateness
from sla.services import auditing
from tests.copies import copy_ticket
from tests.monday import MONDAY, at
from tickets import services as tickets

pytestmark = pytest.mark.django_db
ALL_DAY = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}


def sweep_all():
    while services.sweep():
        pass


def report(cast, **fields):
    """P3: an answer within 2 h, a solution within three office days."""
    given = {"title": "ERP 慢", "service": cast.erp, "impact": 2, "urgency": 2, **fields}
    return incidents.report_incident(actor=cast.li_na, **given)


def clock_of(ticket, metric):
    return Clock.objects.get(ticket_id=ticket.pk, metric=metric)


def assert_audited():
    assert auditing.compare(Clock.objects.all()) == []


@pytest.fixture
def agreed(db):
    with at():
        return services.install_defaults()


@pytest.fixture
def running(cast, agreed):
    with at():
        return report(cast)


@pytest.fixture
def always(cast):
    """An agreement around the clock with thresholds every five minutes; answer in 50 minutes, updates every hour."""
    counted = Calendar.objects.create(slug="round", name_en="Round the clock")
    services.publish_calendar(counted, zone="UTC", weekly=ALL_DAY)
    agreement = Agreement.objects.create(slug="round", name_en="Round the clock", rank=500)
    version = AgreementVersion.objects.create(agreement=agreement, number=1)
    for metric, minutes in (("response", 50), ("next_update", 60), ("resolution", 240)):
        Target.objects.create(
            version=version, metric=metric, priority=3, seconds=minutes * 60, calendar=counted,
            thresholds=[*range(10, 101, 10)] if metric == "response" else [100], pausing_reasons=["vendor"],
        )  # fmt: skip
    return services.put_in_force(version)


@pytest.fixture
def set_clock():
    """Set the database's own clock: a function of the same name that the search path finds first."""

    def by(**shift):
        seconds = timedelta(**shift).total_seconds()
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
                f"$$ SELECT pg_catalog.clock_timestamp() + interval '{seconds} seconds' $$"
            )
            cursor.execute("SET LOCAL search_path = public, pg_catalog")

    return by


def test_f10_outage_of_three_hours_catches_up_tells_once_and_raises_the_alarm(running):
    with at(hours=3, minutes=30):
        assert services.watch_sweep() is True
        sweep_all()
        assert services.watch_sweep() is False
        assert_audited()
    fired = Firing.objects.filter(clock__metric="response").order_by("pct")
    due = [MONDAY + timedelta(minutes=m) for m in (60, 90, 108, 120)]
    assert list(fired.values_list("due_at", flat=True)) == due
    assert list(fired.values_list("lateness", flat=True)) == [9000, 7200, 6120, 5400]
    assert list(fired.values_list("notify", flat=True)) == [False, False, False, True]
    episode = SweepDelay.objects.get()
    assert episode.worst == 9000 and episode.ended_at
    assert list(Event.objects.filter(name__startswith="sweep.").values_list("name", flat=True)) == [
        "sweep.fell_behind", "sweep.caught_up",
    ]  # fmt: skip


@pytest.mark.parametrize("days", [1, -1])
def test_f11_jumping_host_clock_neither_fires_early_nor_late_nor_dates_anything(cast, always, set_clock, days):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
        ticket = report(cast)
        sweep_all()
        assert not Firing.objects.exists()
        assert abs(response_age(ticket)) < 60
    set_clock(minutes=51)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
        sweep_all()
        assert Firing.objects.filter(clock__metric="response").count() == 10
        assert all(firing.lateness < 2800 for firing in Firing.objects.all())


def response_age(ticket):
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp() - since) FROM sla_clock WHERE ticket_id = %s "
                       "AND metric = 'response'", [ticket.pk])  # fmt: skip
        return cursor.fetchone()[0]


def test_f12_database_clock_set_back_fires_nothing_twice_and_keeps_the_order_of_things(cast, always, set_clock):
    """An engine that trusts the later date would take the ticket for waiting although it was taken up again."""
    ticket = report(cast)
    tickets.take_transition(ticket, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    set_clock(minutes=26)
    sweep_all()
    fired = Firing.objects.count()
    assert fired == 5
    tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    set_clock(minutes=27)
    tickets.take_transition(ticket, "hold", actor=cast.zhang_wei, values={"pending_reason": "vendor"})
    set_clock(minutes=17)
    sweep_all()
    tickets.take_transition(ticket, "resume", actor=cast.zhang_wei)
    tickets.comment(ticket, actor=cast.li_na, body="?")
    assert {c.stage for c in Clock.objects.all()} == {"running"}
    assert min(Clock.objects.values_list("base_elapsed", flat=True)) >= 0
    assert not Firing.objects.filter(is_withdrawn=True).exists()
    assert (Firing.objects.count(), Correction.objects.count()) == (fired, 0)
    at_of = list(Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk).order_by("pk"))
    assert [event.at for event in at_of] == sorted(event.at for event in at_of)
    set_clock(minutes=31)
    sweep_all()
    assert Firing.objects.count() == fired + 1
    assert_audited()


def test_f13_application_ahead_of_the_database_stamps_by_the_database(cast, always):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
        ticket = report(cast)
        answered = tickets.comment(ticket, actor=cast.zhang_wei, body="正在看")
    assert answered.created_at <= wall.recorded_now()
    assert clock_of(ticket, "response").stopped_at <= wall.recorded_now()


def test_f18_what_is_due_is_found_by_its_index_however_many_clocks_are_open(running):
    copy_ticket(running, 5000)
    with CaptureQueriesContext(connection) as queries, at(minutes=30):
        services.sweep()
        lateness.oldest_due_seconds()
    asked = [q["sql"] for q in queries if re.search(r'next_at"? <', q["sql"])]
    assert len(asked) == 2
    for statement in asked:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "clock_due" in plan and "Seq Scan" not in plan, plan


def test_f20_ten_levels_swept_late_each_keep_their_nominal_instants(cast, always):
    with at():
        report(cast)
    for level in range(1, 11):
        with at(minutes=5 * level, seconds=3):
            sweep_all()
    fired = Firing.objects.filter(clock__metric="response").order_by("pct")
    assert list(fired.values_list("due_at", "lateness")) == [
        (MONDAY + timedelta(minutes=5 * level), 3) for level in range(1, 11)
    ]
