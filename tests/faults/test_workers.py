"""Real Celery workers and beats on a real broker, killed in the middle of their work."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction

from core import clock as wall
from events import services as events
from events.models import Delivery, Event
from events.subscribing import handlers_for
from incidents import services as incidents
from sla import services as sla
from sla.models import Clock, Firing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
PATIENCE = 45  # seconds; generous, because machines are shared


def wait_for(condition, *, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(autouse=True)
def test_subscriptions(settings):
    """This process publishes with the handlers that the workers under test have."""
    settings.ROOT_EVENTCONF = "tests.faults.worker_subscriptions"
    handlers_for.cache_clear()
    yield
    handlers_for.cache_clear()


@pytest.fixture
def broker():
    """A broker database of our own, empty, so that suites side by side do not take each other's messages."""
    number = 8 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 6
    url = f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{number}"
    client = redis.Redis.from_url(url)
    client.flushdb()
    yield client, url
    client.flushdb()
    client.close()


@pytest.fixture
def celery(broker, tmp_path):
    """Start Celery processes against the test database; every one is stopped at the end, by its own process group."""
    _client, url = broker
    database = connection.settings_dict
    account = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    host = database["HOST"] or "127.0.0.1"
    port = database["PORT"] or 5432
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.faults.worker_settings",
        "DATABASE_URL": f"postgresql://{account}@{host}:{port}/{database['NAME']}",
        "REDIS_URL": url,
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    running = []

    def start(*arguments):
        with (tmp_path / f"celery{len(running)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "itsm", *arguments],
                cwd=tmp_path, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        kill_group(process)


def kill_group(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=20)


def worker(start, name="w"):
    return start("worker", "-Q", "timers,events", "-c", "1", "-n", f"{name}@test", "--loglevel", "warning")


def beat(start, name="b"):
    return start("beat", "-s", f"schedule-{name}", "--loglevel", "warning")


def publish(cast, name, **data):
    with transaction.atomic():
        return events.publish(name, subject=cast.li_na, actor=None, **data)


def is_done(event):
    return Delivery.objects.get(event=event).state == "done"


def end_lease(event):
    """What half a minute does: the lease of a killed worker runs out."""
    Delivery.objects.filter(event=event, state="pending").update(not_before=wall.now())


def test_worker_delivers_what_was_published(cast, celery):
    worker(celery)
    beat(celery)
    event = publish(cast, "test.slow", seconds=0)
    assert wait_for(lambda: is_done(event))
    assert Event.objects.filter(name="trace.slow").count() == 1


def test_worker_killed_in_the_middle_delays_and_neither_loses_nor_doubles(cast, celery):
    first = worker(celery, "first")
    beat(celery)
    event = publish(cast, "test.slow", seconds=4)
    assert wait_for(lambda: Delivery.objects.get(event=event).attempts == 1)
    time.sleep(0.5)
    kill_group(first)
    assert Event.objects.filter(name="trace.slow").count() == 0
    end_lease(event)
    worker(celery, "second")
    assert wait_for(lambda: is_done(event))
    assert Event.objects.filter(name="trace.slow").count() == 1
    assert Delivery.objects.get(event=event).attempts == 2


def test_child_that_dies_once_is_tried_again(cast, celery, tmp_path):
    worker(celery)
    beat(celery)
    event = publish(cast, "test.deadly", always=False, flag=str(tmp_path / "flag"))
    assert wait_for((tmp_path / "flag").exists)
    end_lease(event)
    assert wait_for(lambda: is_done(event))
    assert Event.objects.filter(name="trace.deadly").count() == 1


def test_handler_that_always_kills_its_worker_ends_dead_and_visible(cast, celery, tmp_path):
    event = publish(cast, "test.deadly", always=True, flag=str(tmp_path / "flag"))
    Delivery.objects.filter(event=event).update(attempts=6)
    worker(celery)
    beat(celery)
    assert wait_for((tmp_path / "flag").exists)

    def gave_up():
        end_lease(event)
        return Delivery.objects.get(event=event).state == "dead"

    assert wait_for(gave_up)
    assert Event.objects.filter(name="trace.deadly").count() == 0


def test_three_beats_and_two_workers_fire_each_threshold_once(cast, celery):
    monday = wall.now() - timedelta(days=30)
    with wall.travel(monday):
        sla.install_defaults()
        made = [incidents.report_incident(actor=cast.li_na, title=f"t{n}", service=cast.erp) for n in range(20)]
    for n in range(3):
        beat(celery, str(n))
    for n in range(2):
        worker(celery, f"w{n}")
    assert wait_for(lambda: not Clock.objects.filter(next_at__isnull=False).exists())
    assert Firing.objects.count() == len(made) * 2 * 4
    assert Event.objects.filter(name="sla.breached").count() == len(made) * 2


def test_flushed_broker_loses_nothing(cast, celery, broker):
    event = publish(cast, "test.slow", seconds=0)
    broker[0].flushdb()
    worker(celery)
    beat(celery)
    broker[0].flushdb()
    assert wait_for(lambda: is_done(event))


def test_ticket_is_created_quickly_while_the_broker_is_away(cast, settings, monkeypatch):
    """The nudge gives up after its short connection time-out, and rests instead of asking at every ticket."""
    from itsm.celery import app

    monkeypatch.setattr("events.services.publishing._broker_rests_until", 0.0)
    settings.EVENT_NUDGE = "events.tasks.nudge"
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    app.pool.force_close_all()
    began = time.monotonic()
    event = publish(cast, "test.slow", seconds=0)
    publish(cast, "test.slow", seconds=0)
    assert time.monotonic() - began < 3
    assert events.deliver_due() == 2
    assert is_done(event)
