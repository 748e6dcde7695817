"""Clocks under real workers that are killed, doubled, restarted and cut off: later perhaps, and once (F01 …)."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection

from core import clock as wall
from events.models import Delivery, Event
from events.subscribing import handlers_for
from incidents import services as incidents
from itsm import health
from sla import services as sla
from sla.models import Agreement, AgreementVersion, Calendar, Clock, Firing, Recalculation, SweepDelay, Target
from sla.services import auditing, recalculating, replaying
from tests.copies import copy_ticket
from tests.faults.conftest import url_of
from tests.faults.test_workers import beat, broker, celery, kill_group, wait_for, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
__all__ = ["broker", "celery"]
ALL_DAY = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}
TARGET = 20  # seconds, told at each quarter


@pytest.fixture(autouse=True)
def own_reactions(settings, monkeypatch):
    """Workers start with these settings; this process publishes with the handlers that they have."""
    monkeypatch.setattr("tests.faults.test_workers.settings", django_settings)
    settings.ROOT_EVENTCONF = "tests.faults.sla_worker_subscriptions"
    handlers_for.cache_clear()
    yield
    handlers_for.cache_clear()


@pytest.fixture
def start(celery, monkeypatch):
    """`celery` with the settings of this file, and with what DEADLY_MOMENT and DEADLY_FLAG say at the start."""
    popen = subprocess.Popen

    def run(*arguments, env, **how):
        deadly = {name: value for name, value in os.environ.items() if name.startswith("DEADLY_")}
        own = {"DJANGO_SETTINGS_MODULE": "tests.faults.sla_worker_settings"}
        return popen(*arguments, env=env | own | deadly, **how)

    monkeypatch.setattr("tests.faults.test_workers.subprocess.Popen", run)
    return celery


@pytest.fixture
def quick(cast):
    """A promise to answer within 20 seconds around the clock; returns how to report, which tells the instant."""
    counted = Calendar.objects.create(slug="round", name_en="Round the clock")
    sla.publish_calendar(counted, zone="UTC", weekly=ALL_DAY)
    version = AgreementVersion.objects.create(agreement=Agreement.objects.create(slug="q", name_en="Q"), number=1)
    Target.objects.create(
        version=version, metric="response", priority=3, seconds=TARGET, calendar=counted, thresholds=[25, 50, 75, 100]
    )
    sla.put_in_force(version)

    def report():
        ticket = incidents.report_incident(actor=cast.li_na, title="慢", service=cast.erp, impact=2, urgency=2)
        return ticket.created_at.replace(microsecond=0)

    return report


def assert_told_once_each():
    """Every firing told by one event, and every event acted on once."""
    told = Event.objects.filter(name__in=("sla.breached", "sla.threshold_crossed"))
    assert sorted(told.values_list("data__firing", flat=True)) == sorted(
        Firing.objects.filter(notify=True).values_list("pk", flat=True)
    )
    traces = Event.objects.filter(name="trace.told").values_list("data__of", flat=True)
    assert sorted(traces) == sorted(told.values_list("pk", flat=True))
    assert auditing.compare(Clock.objects.all()) == []


def is_all_done():
    return (
        not Clock.objects.filter(next_at__isnull=False).exists()
        and not Delivery.objects.filter(state="pending").exists()
    )


@pytest.mark.parametrize("moment", ["before commit", "after commit"])
def test_f01_f02_worker_killed_around_the_commit_of_a_sweep_fires_and_tells_once(
    quick, start, monkeypatch, tmp_path, moment
):
    with wall.travel(wall.now() - timedelta(hours=3)):
        began = quick()
    monkeypatch.setenv("DEADLY_MOMENT", moment)
    monkeypatch.setenv("DEADLY_FLAG", str(tmp_path / "died"))
    worker(start)
    beat(start)
    assert wait_for((tmp_path / "died").exists)
    assert wait_for(is_all_done)
    due = [began + timedelta(seconds=TARGET * pct // 100) for pct in (25, 50, 75, 100)]
    fired = Firing.objects.order_by("pct")
    assert [firing.due_at for firing in fired] == due
    assert all(3 * 3600 - TARGET <= firing.lateness < 3 * 3600 + 120 for firing in fired)
    assert [firing.notify for firing in fired] == [False, False, False, True]
    assert_told_once_each()


def test_f04_f06_message_that_comes_fifty_times_and_again_has_one_effect(quick, start, broker):
    from itsm.celery import app

    with wall.travel(wall.now() - timedelta(hours=3)):
        quick()
    with app.connection_for_write(broker[1]) as link:
        for name, queue in (("sla.tasks.sweep_clocks", "timers"), ("events.tasks.deliver", "events")):
            for _ in range(50):
                app.send_task(name, queue=queue, connection=link)
    for n in range(2):
        worker(start, f"w{n}")
    assert wait_for(lambda: Firing.objects.count() == 4)
    assert wait_for(lambda: not broker[0].llen("timers"))
    with app.connection_for_write(broker[1]) as link:
        app.send_task("events.tasks.deliver", queue="events", connection=link)
    assert wait_for(is_all_done)
    assert_told_once_each()


def test_f15_f16_f17_f20_restarts_a_flushed_broker_and_a_dead_beat_lose_no_level_and_shift_none(quick, start, broker):
    """A worker is killed at every level, the broker is emptied, the beat dies: all four levels fire, each as due."""
    clockwork, doer = beat(start, "b0"), worker(start, "w0")
    time.sleep(4)
    began = quick()
    for level in range(4):
        wait_until(began + timedelta(seconds=5 * level + 2))
        kill_group(doer)
        broker[0].flushdb()
        if level == 2:
            kill_group(clockwork)
            clockwork = beat(start, "b1")
        doer = worker(start, f"w{level + 1}")
    assert wait_for(is_all_done)
    fired = list(Firing.objects.order_by("pct"))
    assert [firing.due_at for firing in fired] == [began + timedelta(seconds=5 * n) for n in (1, 2, 3, 4)]
    assert all(firing.lateness < 60 for firing in fired)
    assert_told_once_each()


def wait_until(instant):
    time.sleep(max(0, (instant - wall.now()).total_seconds()))


_COMMENT = """
import django
django.setup()
from accounts.models import User
from tickets import services
from tickets.models import Ticket
services.comment(Ticket.objects.latest("pk"), actor=User.objects.get(username="li.na"), body="?")
"""


def test_f16_without_a_beat_what_people_do_wakes_the_sweep(quick, start, broker):
    """Another process, with the reactions and the broker of a real web worker, takes a comment."""
    with wall.travel(wall.now() - timedelta(hours=3)):
        quick()
    worker(start)
    time.sleep(5)
    assert not Firing.objects.exists()
    subprocess.run(
        [sys.executable, "-c", _COMMENT], cwd=django_settings.BASE_DIR, timeout=60, check=True,
        env=os.environ | {
            "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
            "REDIS_URL": broker[1],
            "EVENT_NUDGE": "itsm.waking.wake",
        },
    )  # fmt: skip
    assert wait_for(lambda: Firing.objects.count() == 4)


def test_f16_when_nobody_works_readiness_says_so_and_the_first_sweep_afterwards_tells_how_late_it_is(quick, start):
    with wall.travel(wall.now() - timedelta(hours=3)):
        quick()
    worker(start)
    time.sleep(2)
    assert not Firing.objects.exists()
    status, details = health.examine()
    assert status == "degraded"
    assert details["oldest_deadline_seconds"] > 2 * 3600
    beat(start)
    assert wait_for(is_all_done)
    assert health.examine()[1]["oldest_deadline_seconds"] == 0
    assert all(firing.lateness > 2 * 3600 for firing in Firing.objects.all())
    told = Event.objects.get(name="sweep.fell_behind")
    assert told.data["seconds"] > 2 * 3600
    assert sla.watch_sweep() is False
    assert SweepDelay.objects.get().ended_at is not None


_DIE = """
import os, signal, django
django.setup()
from sla.services import {module}
done, batches = {module}.{last_step}, []
def die_in_the_third(*given, **named):
    done(*given, **named)
    batches.append(1)
    if len(batches) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
{module}.{last_step} = die_in_the_third
while {module}.{batch}(limit=50):
    pass
"""


def die_in_the_third_batch(**names):
    """Let another process work batch by batch until it is killed before it commits the third."""
    killed = subprocess.run(
        [sys.executable, "-c", _DIE.format(**names)], cwd=django_settings.BASE_DIR, timeout=60, check=False,
        env=os.environ | {"DATABASE_URL": url_of(connection.settings_dict["NAME"])},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL


def test_f21_f22_recalculation_of_hundreds_killed_twice_and_edited_between_ends_with_the_last_version(cast):
    monday = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    with wall.travel(monday):
        sla.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="慢", service=cast.erp, impact=2, urgency=2)
    copy_ticket(ticket, 199)
    office = Calendar.objects.get(slug="office")
    close_on(office, "2026-11-17")
    assert recalculate_and_die() == 100
    close_on(office, "2026-11-18")
    assert recalculate_and_die() == 100
    while recalculating.recalculate():
        pass
    assert list(Recalculation.objects.order_by("pk").values_list("state", flat=True)) == ["taken_over", "done"]
    assert set(Clock.objects.values_list("calendar_version__number", flat=True)) == {3}
    while sla.sweep():
        pass
    assert Firing.objects.filter(is_withdrawn=False).count() == 200 * 2 * 4
    assert auditing.compare(Clock.objects.all()) == []


def close_on(office, day):
    current = office.current()
    kept = {name: getattr(current, name) for name in ("zone", "weekly", "labels", "valid_through")}
    sla.publish_calendar(office, **kept, exceptions=current.exceptions | {day: []})


def recalculate_and_die() -> int:
    """How many clocks are noted when the third batch was killed."""
    die_in_the_third_batch(module="recalculating", last_step="_note_progress", batch="recalculate")
    return Recalculation.objects.get(state="running").seen


def test_replay_killed_in_the_middle_goes_on_where_it_stood_and_counts_nothing_twice(cast):
    monday = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    with wall.travel(monday):
        version = sla.install_defaults()
        copy_ticket(incidents.report_incident(actor=cast.li_na, title="慢", service=cast.erp), 199)
    period = {"since": monday, "until": monday + timedelta(days=1)}
    asked = replaying.replay_agreement(version, actor=cast.wang_fang, **period)
    die_in_the_third_batch(module="replaying", last_step="_play_batch", batch="go_on")
    asked.refresh_from_db()
    assert (asked.state, asked.seen, asked.clocks) == ("running", 100, 200)
    while replaying.go_on(limit=50):
        pass
    asked.refresh_from_db()
    assert (asked.state, asked.seen, asked.clocks, asked.differing) == ("done", 200, 400, 0)
