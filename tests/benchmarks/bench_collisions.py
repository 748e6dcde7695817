"""How long changes are compared. By hand, with the number of changes and of hosts:

    ITSM_MODE=test .venv/bin/python -m tests.benchmarks.bench_collisions 300 20000

A graph in memory: pairs of switches, hosts on them, clusters that need all but one of ten hosts, a service on each
cluster. Changes touch two hosts or a switch each and are spread over a fortnight of nights. No database is asked.
"""

import os
import random
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itsm.settings")
django.setup()

from changes.selectors.meeting import Meetings, Plan  # noqa: E402
from cmdb.selectors.impact import Extract  # noqa: E402

HOUR = timedelta(hours=1)
NIGHT = datetime(2026, 12, 1, 14, tzinfo=UTC)


class Graph(Extract):
    """An extract that was never read."""

    def __init__(self, edges, spare):
        self._onward, self._spare = {}, spare
        for near, far, group in edges:
            self._onward.setdefault(near, []).append((far, group))


def graph_of(hosts):
    """(extract, hosts, switches)."""
    edges, spare, switches = [], {}, []
    for host in range(hosts):
        rack, cluster = host // 40, host // 10
        pair = (10_000_000 + 2 * rack, 10_000_001 + 2 * rack)
        spare[-host - 1] = 1
        edges += [(switch, host, -host - 1) for switch in pair]
        spare[10_000 + cluster] = 1
        edges.append((host, 1_000_000 + cluster, 10_000 + cluster))
        if host % 40 == 0:
            switches += pair
        if host % 10 == 0:
            edges.append((1_000_000 + cluster, 2_000_000 + cluster, None))
    return Graph(edges, spare), list(range(hosts)), switches


def plans_of(count, hosts, switches, rng):
    for key in range(count):
        start = NIGHT + timedelta(days=rng.randrange(14)) + rng.randrange(6) * HOUR
        items = rng.sample(hosts, 2) if rng.random() < 0.8 else rng.sample(switches, 1)
        yield Plan(key, start, start + rng.choice((1, 2, 4)) * HOUR, frozenset(items))


def main(count=300, hosts=20_000):
    extract, items, switches = graph_of(hosts)
    plans = list(plans_of(count, items, switches, random.Random("collisions")))
    began = perf_counter()
    found = Meetings(extract).of(plans, HOUR / 2)
    print(f"{count} changes, {hosts} hosts: {len(found)} meetings in {perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
