"""What a sweep of clocks costs, as ratios measured in one run. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_sla [--few 1000] [--many 1000000] [--due 10000] [--burst 50000]

It makes a database of its own beside the one that DATABASE_URL names (`bench_<name>`) and drops it in the end.
First table: one worker fires the same number of thresholds, with their events and deliveries, beside few and beside
many open clocks: firings in a second of the clock on the wall and of processor time (the worker's, and PostgreSQL's
where its processes can be seen), so that a busy machine does not blur the figure; and the ratio of the two rows.
Second table: a burst that falls due within one minute, cleared by two workers while the queue page is asked for over
and over; its median and 95th percentile in rest and under the burst.
"""

import argparse
import http.client
import multiprocessing
import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.bench_pages import ask, own_database, say, serving

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
# A P3 is to be answered within two hours: 50 % of what was reported at nine is crossed at ten, of what was reported
# half an hour later it is not.
LATER = MONDAY + timedelta(minutes=30)
TEN = MONDAY + timedelta(hours=1, seconds=5)
PASSES = 3
WORKERS = 2


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--few", type=int, default=1_000)
    arguments.add_argument("--many", type=int, default=1_000_000)
    arguments.add_argument("--due", type=int, default=10_000)
    arguments.add_argument("--burst", type=int, default=50_000)
    with own_database():
        measure(arguments.parse_args())


def measure(asked):
    from django.test import Client

    from core import clock as wall
    from incidents import services as incidents
    from sla import services as sla
    from tests.benchmarks.generated import multiply
    from tests.cast import make_cast

    cast = make_cast()

    def report(at):
        with wall.travel(at):
            return incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp, impact=2, urgency=2)

    with wall.travel(MONDAY):
        sla.install_defaults()
    waiting = report(LATER)
    client = Client()
    client.force_login(cast.zhang_wei)

    clocks = waiting.clocks.count()
    multiply(waiting, asked.few // clocks)
    few = [time_sweep(report(MONDAY), asked.due) for _pass in range(PASSES)]
    say(f"generating {asked.many:,} open clocks …")
    multiply(waiting, (asked.many - asked.few) // clocks)
    many = [time_sweep(report(MONDAY), asked.due) for _pass in range(PASSES)]
    report_sweeps(asked, few, many)
    if asked.burst:
        multiply(report(MONDAY), asked.burst)
        report_burst(asked, *time_burst(f"sessionid={client.cookies['sessionid'].value}"))


def sweep_all() -> int:
    """Sweep at ten o'clock until nothing is due; returns how many clocks moved."""
    from core import clock as wall
    from sla import services as sla

    with wall.travel(TEN):
        moved = 0
        while found := sla.sweep():
            moved += found
        return moved


def time_sweep(template, due) -> dict[str, float]:
    """Seconds that one worker takes to fire `due` thresholds: on the wall, in its process, in its database's."""
    from django.db import connection

    from events.models import Delivery
    from sla.models import Firing
    from tests.benchmarks.generated import multiply

    multiply(template, due - 1)  # its own clock is due too
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    before = Firing.objects.count(), Delivery.objects.count()
    wall, own, database = time.perf_counter(), time.process_time(), processor_seconds(backend)
    sweep_all()
    taken = {
        "wall": time.perf_counter() - wall,
        "worker": time.process_time() - own,
        "database": processor_seconds(backend) - database,
    }
    firings, deliveries = Firing.objects.count() - before[0], Delivery.objects.count() - before[1]
    return {name: seconds / firings for name, seconds in taken.items()} | {"deliveries": deliveries / firings}


def processor_seconds(pid) -> float:
    """User and system time of a process of this machine; 0 where it cannot be seen."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report_sweeps(asked, few, many):
    say("", f"{asked.due:,} due, {few[0]['deliveries']:.0f} deliveries each; best of {PASSES}")
    say(f"{'open clocks':>12}{'µs worker':>12}{'µs database':>13}{'µs wall':>10}{'firings/s':>11}{'/s of CPU':>11}")
    best = []
    for count, passes in ((asked.few, few), (asked.many, many)):
        cpu = min(taken["worker"] + taken["database"] for taken in passes)
        wall, worker, database = (min(taken[name] for taken in passes) for name in ("wall", "worker", "database"))
        best.append(cpu)
        row = f"{count:12,}{worker * 1e6:12.0f}{database * 1e6:13.0f}{wall * 1e6:10.0f}"
        say(f"{row}{1 / wall:11,.0f}{1 / cpu:11,.0f}")
    say(f"ratio of processor time: {best[1] / best[0]:.2f}")


def time_burst(cookie):
    """Seconds until `WORKERS` have cleared what is due, and the milliseconds of queue pages before and meanwhile."""
    from django.db import connections

    with serving() as port:
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def load() -> float:
            began = time.perf_counter()
            ask(page, "GET", "/desk/?view=open", {"Cookie": cookie})
            return (time.perf_counter() - began) * 1000

        rest = [load() for _run in range(40)][5:]
        connections.close_all()
        workers = [multiprocessing.get_context("fork").Process(target=sweep_all) for _worker in range(WORKERS)]
        began, busy = time.perf_counter(), []
        for worker in workers:
            worker.start()
        while any(worker.is_alive() for worker in workers):
            busy.append(load())
            time.sleep(0.1)
        return time.perf_counter() - began, rest, busy


def report_burst(asked, seconds, rest, busy):
    say("", f"{asked.burst:,} due within a minute, {WORKERS} workers: cleared in {seconds:.1f} s")
    say(f"{'queue page, ms':24}{'median':>10}{'95 %':>10}")
    for name, times in (("in rest", rest), ("meanwhile", busy)):
        say(f"{name:24}{statistics.median(times):10.0f}{statistics.quantiles(times, n=20)[-1]:10.0f}")


if __name__ == "__main__":
    sys.exit(main())
