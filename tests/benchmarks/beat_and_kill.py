"""Beat the clocks with kill -9 under load, then prove that nothing was lost, doubled or rewritten. Run by hand.

    DATABASE_URL=… REDIS_URL=… ITSM_MODE=test python -m tests.benchmarks.beat_and_kill --minutes 5

The database must be an empty one of its own: it is migrated, filled and left behind. People report, answer, pause,
take up again, raise priorities and solve tickets whose deadlines are seconds long, while two Celery workers sweep and
deliver, two beats tick and a third process publishes calendars and recalculates. Every few seconds one of these five
is killed and started again, and now and then the broker is emptied. At the end the rest is worked off;
`sla_audit --all`, the ledger's `verify` and counts of firings, events and deliveries have the last word.
"""

import argparse
import collections
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ["-m", "celery", "-A", "itsm", "worker", "-Q", "timers,events,bulk", "-c", "1", "--loglevel", "error", "-n"]
BEAT = ["-m", "celery", "-A", "itsm", "beat", "--pidfile=", "--loglevel", "error", "-s"]
REASONS = ("vendor", "caller")


class Processes:
    """What is beaten: each by its name, killed with all its children and started again."""

    def __init__(self, folder):
        self.folder, self.running = folder, {}
        self.commands = {f"worker{n}": [*WORK, f"w{n}@beaten"] for n in range(2)}
        self.commands |= {f"beat{n}": [*BEAT, str(folder / f"schedule{n}")] for n in range(2)}
        self.commands["recalculator"] = ["-m", "tests.benchmarks.beat_and_kill", "--recalculate"]

    def start(self, name):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *self.commands[name]], cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.beaten_settings"},
                start_new_session=True,
            )  # fmt: skip

    def kill(self, name):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait(timeout=20)


def recalculate_for_ever():
    """Publish a longer or shorter day now and then, and carry it to the open clocks in small batches."""
    from sla import services as sla
    from sla.models import Calendar
    from sla.services import recalculating

    while True:
        round_the_clock = Calendar.objects.get(slug="beaten")
        day = random.choice(("2020-01-01", "2020-01-02", "2020-01-03"))
        current = round_the_clock.current()
        exceptions = {} if day in current.exceptions else {day: []}
        sla.publish_calendar(round_the_clock, zone="UTC", weekly=current.weekly, exceptions=exceptions)
        while recalculating.recalculate(limit=20):
            time.sleep(0.05)
        time.sleep(2)


def fill():
    """The cast, and a promise of 10 seconds to answer and 40 to solve, around the clock."""
    from sla import services as sla
    from sla.models import Agreement, AgreementVersion, Calendar, Target
    from tests.cast import make_cast

    cast = make_cast()
    weekly = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}
    always = Calendar.objects.create(slug="beaten", name_en="Beaten")
    sla.publish_calendar(always, zone="UTC", weekly=weekly)
    version = AgreementVersion.objects.create(agreement=Agreement.objects.create(slug="b", name_en="B"), number=1)
    for metric, seconds in (("response", 10), ("resolution", 40), ("next_update", 15)):
        for priority in range(1, 5):
            Target.objects.create(
                version=version, metric=metric, priority=priority, seconds=seconds * (priority + 1), calendar=always,
                pausing_reasons=REASONS, on_reopen="final" if metric == "response" else "resume",
            )  # fmt: skip
    sla.put_in_force(version)
    return cast


def work(cast, until, said):
    """Somebody at the desk: does at random what a ticket's state allows, until the time is over."""
    from django.db import connection

    from core.errors import Refused
    from incidents import services as incidents
    from incidents.models import Incident
    from tickets import services as tickets

    def one():
        if random.random() < 0.25:
            incidents.report_incident(
                actor=cast.li_na,
                title="慢",
                service=cast.erp,
                impact=random.randint(1, 3),
                urgency=random.randint(1, 3),
            )
            return "report"
        ticket = Incident.objects.filter(is_open=True).order_by("?").first()
        if ticket is None:
            return "nothing"
        name, values = random.choice(ACTS)
        if name == "comment":
            tickets.comment(ticket, actor=random.choice((cast.li_na, cast.zhang_wei)), body="?")
        elif name == "late answer":
            at = max(ticket.created_at, ticket.last_activity_at - timedelta(seconds=random.randint(1, 20)))
            tickets.comment(ticket, actor=cast.zhang_wei, body="!", at=at)
        elif name == "edit":
            tickets.edit(ticket, actor=cast.zhang_wei, changes={"urgency": random.randint(1, 3)})
        else:
            tickets.take_transition(ticket, name, actor=cast.zhang_wei, values=values(cast))
        return name

    while time.monotonic() < until:
        try:
            said[one()] += 1
        except Refused as refused:
            said[f"refused: {type(refused).__name__}"] += 1
        except Exception as error:
            said[f"FAILED: {type(error).__name__}: {error}"[:150]] += 1
    connection.close()


ACTS = [
    ("comment", None), ("late answer", None), ("edit", None),
    ("claim", lambda cast: {"team": cast.desk}), ("start", lambda cast: {}), ("start", lambda cast: {}),
    ("hold", lambda cast: {"pending_reason": random.choice(REASONS), "comment": "?"}), ("resume", lambda cast: {}),
    ("resolve", lambda cast: {"resolution_code": "fixed", "resolution_notes": "ok"}),
]  # fmt: skip


def beat(minutes, workers):
    import redis
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    cast = fill()
    said, broker = collections.Counter(), redis.Redis.from_url(settings.REDIS_URL)
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(Path(folder))
        for name in processes.commands:
            processes.start(name)
        until = time.monotonic() + 60 * minutes
        people = [threading.Thread(target=work, args=(cast, until, said)) for _ in range(workers)]
        for person in people:
            person.start()
        try:
            while time.monotonic() < until:
                time.sleep(random.uniform(1, 5))
                name = random.choice(list(processes.commands))
                processes.kill(name)
                said[f"killed {name.rstrip('01')}"] += 1
                if random.random() < 0.2:
                    broker.flushdb()
                    said["emptied the broker"] += 1
                processes.start(name)
        finally:
            for person in people:
                person.join()
            for name in processes.running:
                processes.kill(name)
    return said


def verdict() -> bool:
    """Work off what is left and let every judge speak."""
    from django.core.management import CommandError, call_command
    from django.db.models import Count

    from core import clock
    from events import services as events
    from events.models import Delivery, Event
    from sla import services as sla
    from sla.models import Clock, Correction, Firing, Ruling
    from sla.services import recalculating

    Delivery.objects.filter(state="pending").update(not_before=clock.recorded_now())
    while sla.sweep() or events.deliver_due() or recalculating.recalculate():
        pass
    told = Event.objects.filter(name__in=("sla.breached", "sla.threshold_crossed"))
    notified = set(Firing.objects.filter(notify=True).values_list("pk", flat=True))
    doubled = told.values("data__firing").annotate(n=Count("pk")).filter(n__gt=1).count()
    late = Firing.objects.order_by("-lateness").values_list("lateness", flat=True)
    ledger = events.verify()
    problems = {
        "firings that told nobody": len(notified - set(told.values_list("data__firing", flat=True))),
        "firings told twice": doubled,
        "deliveries dead": Delivery.objects.filter(state="dead").count(),
        "deliveries left": Delivery.objects.filter(state="pending").count(),
        "ledger broken": int(not ledger.ok),
    }
    for model in (Clock, Firing, Ruling, Correction, Event):
        print(f"{model.objects.count():6} {model._meta.verbose_name_plural}")
    print(f"the latest firing was late by {late.first()} s")
    try:
        call_command("sla_audit", "--all")
        problems["audit"] = 0
    except CommandError as error:
        problems["audit"] = str(error)
    print(problems)
    return not any(problems.values())


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--people", type=int, default=3)
    asked.add_argument("--recalculate", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.beaten_settings")
    import django

    django.setup()
    if options.recalculate:
        recalculate_for_ever()
    said = beat(options.minutes, options.people)
    for name, number in sorted(said.items()):
        print(f"{number:6} {name}")
    is_sound = verdict() and not any(name.startswith("FAILED") for name in said)
    print("sound" if is_sound else "NOT SOUND")
    sys.exit(not is_sound)


if __name__ == "__main__":
    main()
