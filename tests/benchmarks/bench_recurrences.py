"""What one look for recurrences costs as the house grows. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_recurrences [--few 10000] [--many 1000000] [--runs 9]

It makes a database of its own beside the one that DATABASE_URL names and drops it in the end. A look reads what is
remembered of other incidents and no ticket but its own, so only that is made: spread over 112 days, as long as it is
kept, over fifty services of which one is as busy as all others together, and two thousand items. Medians of a look at
an incident on the busy service, in common and in rare words, on a quiet one, with a busy category, and of the busiest
item; then of what a sweep does for the first of them. Last, by which indexes the largest house is read; a scan of
everything ends it with 1.
"""

import argparse
import re
import statistics
import sys
import time
from datetime import timedelta

from tests.benchmarks.bench_pages import own_database, say

BUDGET_MS = 50
SERVICES, ITEMS = 50, 2_000
SAID = ("=slow", "=report", "=export", "=login", "=locked", "=print", "=mail", "=drops", "=timeout", "=sync")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--few", type=int, default=10_000)
    arguments.add_argument("--many", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=9)
    asked = arguments.parse_args()
    with own_database():
        measure(asked)


def measure(asked):
    from cmdb.models import ConfigurationItem, Service
    from core import clock
    from incidents import services as incidents
    from tests.cast import make_cast
    from tickets.models import Category

    cast = make_cast()
    category = Category.objects.create(slug="busy", name_en="Busy")
    item = ConfigurationItem.objects.create(slug="switch", item_class_id="switch", name_en="Switch")
    services = [cast.erp, *(
        Service.objects.create(slug=f"s{n}", item_class_id="service", name_en=f"S{n}") for n in range(1, SERVICES)
    )]  # fmt: skip
    made = {
        "busy service": incidents.report_incident(actor=cast.li_na, title="导出报表很慢", service=cast.erp),
        "rare words": incidents.report_incident(actor=cast.li_na, title="Error E4711", service=cast.erp),
        "quiet service": incidents.report_incident(actor=cast.li_na, title="导出报表很慢", service=services[7]),
        "busy category": incidents.report_incident(
            actor=cast.li_na, title="Cannot sync", service=cast.erp, category=category
        ),
        "busy item": incidents.report_incident(actor=cast.li_na, title="x", affected_items=[item]),
    }
    now, results = clock.now() - timedelta(minutes=1), {}
    first = 0
    for count in (asked.few, asked.many):
        fill(first, count, now, cast.xinghe, services, category, item)
        first = count
        results[count] = {name: timed(incident, asked.runs) for name, incident in made.items()}
        results[count]["sweep, a step"] = timed(made["busy service"], asked.runs, step=swept)
    say("", f"{'look at':18}" + "".join(f"{f'{count:,}, ms':>18}" for count in results))
    for name in results[asked.many]:
        row = [results[count][name] for count in results]
        mark = "" if row[-1] <= BUDGET_MS else "  over the budget"
        say(f"{name:18}" + "".join(f"{ms:18.1f}" for ms in row) + f"{row[-1] / row[0]:8.1f} times" + mark)
    used, scanned = read_by(made.values())
    say("", f"read by {', '.join(sorted(used))}")
    if scanned:
        sys.exit(f"scanned as a whole: {', '.join(sorted(scanned))}")


def fill(first, count, now, organisation, services, category, item):
    """Remember incidents from number `first` to `count`; no ticket of them is ever read."""
    from django.db import connection

    keys = "{" + ",".join(str(service.pk) for service in services) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'problems_sighting'::regclass AND contype = 'f'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE problems_sighting DROP CONSTRAINT "{name}"')
        cursor.execute(
            """
            INSERT INTO problems_sighting (incident_id, organisation_id, service_id, category_id, items, words, at)
            SELECT 1000000 + n, %s,
                   (%s::bigint[])[CASE WHEN mod(n, 2) = 0 THEN 1 ELSE 1 + mod(n, %s) END],
                   CASE WHEN mod(n, 4) = 0 THEN %s END,
                   CASE WHEN mod(n, 500) = 0 THEN ARRAY[%s::bigint] ELSE ARRAY[1000000 + mod(n, %s)::bigint] END,
                   ARRAY[(%s::text[])[1 + mod(n * 7, 10)], (%s::text[])[1 + mod(n / 3, 10)], 'w' || mod(n, 997)],
                   %s::timestamptz - random() * interval '112 days'
              FROM generate_series(%s, %s) AS n
            """,
            [
                organisation.pk, keys, len(services), category.pk, item.pk, ITEMS, list(SAID), list(SAID), now,
                first + 1, count,
            ],
        )  # fmt: skip
        cursor.execute("VACUUM ANALYZE problems_sighting")


def looked(incident):
    from problems import services

    services.look_at(incident.pk)


def swept(incident):
    from problems.services import proposing, sighting

    seen = sighting.remember(incident.pk)
    for rule in proposing.rules_in_use():
        proposing._judge(seen, rule)


def read_by(incidents) -> tuple[set, set]:
    """(indexes, tables read as a whole) of the plans of everything that looks at these incidents read."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    used, scanned = set(), set()
    for incident in incidents:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as captured:
                looked(incident)
            for query in captured:
                sql = query["sql"]
                if not (sql.startswith("SELECT") and '"problems_sighting"' in sql and "FOR UPDATE" not in sql):
                    continue
                with connection.cursor() as cursor:
                    cursor.execute("EXPLAIN " + sql)
                    plan = "\n".join(line for (line,) in cursor.fetchall())
                used |= set(re.findall(r"(?:using|Index Scan on) (\w+)", plan))
                scanned |= {name for name in re.findall(r"Seq Scan on (\w+)", plan) if name == "problems_sighting"}
            transaction.set_rollback(True)
    return used, scanned


def timed(incident, runs, step=looked) -> float:
    """Milliseconds of a look, or of another `step`, the median; what it proposes is taken back."""
    from django.db import transaction

    took = []
    for _run in range(runs):
        with transaction.atomic():
            start = time.perf_counter()
            step(incident)
            took.append((time.perf_counter() - start) * 1000)
            transaction.set_rollback(True)
    return statistics.median(took)


if __name__ == "__main__":
    main()
