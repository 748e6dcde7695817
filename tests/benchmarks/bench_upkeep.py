"""What upkeep costs in a large landscape. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_upkeep [--items 100000] [--relations 500000]

It makes a database of its own beside the one that DATABASE_URL names and drops it in the end. Printed, in milliseconds:
looking for duplicates among all items, counting the proposals, the nearest part of the graph from items drawn at random
(median and 95th percentile) beside the whole of it, and merging a record with ten thousand relations.
"""

import argparse
import random
import time

from tests.benchmarks.bench_pages import own_database, say

ASKED, SEED, MANY, DOUBLED = 40, 5, 10_000, 500
WORDS = ("finance", "server", "database", "printer", "gateway", "laptop", "switch", "storage", "report", "office")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--items", type=int, default=100_000)
    arguments.add_argument("--relations", type=int, default=500_000)
    asked = arguments.parse_args()
    with own_database():
        measure(asked)


def measure(asked):
    from django.db import connection

    from cmdb import services as cmdb
    from cmdb.models import Duplicate
    from cmdb.selectors import impact
    from cmdb.selectors.nearby import Nearby
    from tests.cast import make_cast

    cast, dice = make_cast(), random.Random(SEED)
    ids = landscape(asked, dice)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cmdb_relation, cmdb_configurationitem")
    found, spent = timed(cmdb.look_for_duplicates)
    say(f"looking for duplicates among {len(ids)} items: {spent:.0f} ms, {found} found")
    count, spent = timed(lambda: Duplicate.objects.visible_to(cast.wang_fang).open().count())
    say(f"counting {count} proposals for a manager: {spent:.0f} ms")
    times = sorted(timed(lambda: Nearby(start).failing())[1] for start in dice.choices(ids, k=ASKED))  # noqa: B023
    whole, spent = timed(lambda: impact.failing([ids[0]]))
    say(
        f"the nearest of the graph: median {times[ASKED // 2]:.0f} ms, 95 % {times[int(ASKED * 0.95)]:.0f} ms; all "
        f"{len(whole)} items: {spent:.0f} ms"
    )
    kept, gone = hub_twice(ids)
    _merged, spent = timed(lambda: cmdb.merge_items(kept, gone, actor=cast.wang_fang))
    say(f"merging a record with {MANY} relations, half of them known: {spent:.0f} ms")


def landscape(asked, dice):
    """Items with names, numbers and addresses, the last DOUBLED of them written twice, and relations at random."""
    from cmdb.models import ConfigurationItem, ItemClass

    server = ItemClass.objects.get(slug="server")
    numbers = [n if n < asked.items - DOUBLED else n - DOUBLED for n in range(asked.items)]
    made = ConfigurationItem.objects.bulk_create(
        (
            ConfigurationItem(
                slug=f"i{n}", name_en=f"{WORDS[number % 10]} {WORDS[number // 10 % 10]} {number:0{5 + n % 2}d}",
                item_class=server,
                values={"serial_number": f"SN{n:08d}", "ip_address": f"10.{n >> 16}.{n >> 8 & 255}.9"},
            )
            for n, number in enumerate(numbers)
        ),
        5000,
    )  # fmt: skip
    ids = [item.pk for item in made]
    pairs = {(dice.choice(ids), dice.choice(ids)) for _relation in range(asked.relations)}
    relate([pair for pair in pairs if pair[0] != pair[1]])
    return ids


def hub_twice(ids):
    """Two records of one hub; every second item rests on both."""
    from cmdb.models import ConfigurationItem, ItemClass

    switch = ItemClass.objects.get(slug="switch")
    kept, gone = (
        ConfigurationItem.objects.create(slug=slug, name_en=slug, item_class=switch) for slug in ("hub-1", "hub-01")
    )
    relate([(one, gone.pk) for one in ids[:MANY]] + [(one, kept.pk) for one in ids[: MANY // 2]])
    return kept, gone


def relate(pairs):
    from cmdb.models import Relation, RelationType
    from core import clock, rows

    runs = RelationType.objects.get(slug="runs-on")
    dependants, providers = ([pair[end] for pair in pairs] for end in (0, 1))
    rows.insert_columns(Relation, {
        "source_id": dependants, "target_id": providers, "relation_type_id": runs.pk, "provider_id": providers,
        "dependant_id": dependants, "origin": "manual", "created_at": clock.now(), "group_id": None,
    })  # fmt: skip


def timed(action):
    begun = time.perf_counter()
    answer = action()
    return answer, (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
