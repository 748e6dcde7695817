"""What an impact set costs in a large landscape. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_cmdb [--items 100000] [--relations 500000] [--depth 6]

It makes a database of its own beside the one that DATABASE_URL names and drops it in the end. Printed: median and
95th percentile in milliseconds of `failing` to the depth asked for, from items drawn at random, with their set's size.
"""

import argparse
import random
import statistics
import time

from tests.benchmarks.bench_pages import own_database, say

ASKED = 40
SEED = 5


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--items", type=int, default=100_000)
    arguments.add_argument("--relations", type=int, default=500_000)
    arguments.add_argument("--depth", type=int, default=6)
    with own_database():
        measure(arguments.parse_args())


def measure(asked):
    from django.db import connection

    from cmdb.models import ConfigurationItem, ItemClass, RelationType
    from cmdb.selectors import impact
    from core import clock, rows

    server, runs = ItemClass.objects.get(slug="server"), RelationType.objects.get(slug="runs-on")
    made = ConfigurationItem.objects.bulk_create(
        (ConfigurationItem(slug=f"i{n}", name_en=f"i{n}", item_class=server) for n in range(asked.items)), 5000
    )
    ids, dice = [item.pk for item in made], random.Random(SEED)
    pairs = set()
    while len(pairs) < asked.relations:
        pairs.add((dice.choice(ids), dice.choice(ids)))
    pairs = [(one, other) for one, other in pairs if one != other]
    dependants, providers = [one for one, _other in pairs], [other for _one, other in pairs]
    from cmdb.models import Relation

    rows.insert_columns(Relation, {
        "source_id": dependants, "target_id": providers, "relation_type_id": runs.pk, "provider_id": providers,
        "dependant_id": dependants, "origin": "manual", "created_at": clock.now(), "group_id": None,
    })  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cmdb_relation, cmdb_configurationitem")
    times, sizes = [], []
    for start in dice.choices(ids, k=ASKED):
        begun = time.perf_counter()
        reached = impact.failing([start], most_depth=asked.depth)
        times.append((time.perf_counter() - begun) * 1000)
        sizes.append(len(reached))
    times.sort()
    say(
        f"depth {asked.depth}, {asked.items} items, {len(pairs)} relations: median {statistics.median(times):.0f} ms, "
        f"95 % {times[int(ASKED * 0.95)]:.0f} ms, median set {statistics.median(sizes):.0f} items"
    )


if __name__ == "__main__":
    main()
