"""What an import of many rows costs: checking, applying, once more, undoing. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_importing [--rows 100000] [--bad 500]

It makes a database of its own beside the one that DATABASE_URL names and drops it in the end. Printed: seconds and
lines by verdict of each step, and the most memory that the process had.
"""

import argparse
import resource
import time

from tests.benchmarks.bench_pages import own_database, say


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--bad", type=int, default=500)
    asked = arguments.parse_args()
    with own_database():
        measure(asked)


def measure(asked):
    from cmdb.models import ConfigurationItem
    from cmdb.services import importing
    from tests.cast import make_cast
    from tests.imports import COLUMNS, as_csv, source

    cast = make_cast()
    content = as_csv(rows(asked.rows, asked.bad))
    sheet = source(cast)
    first = None
    for again in (False, True):
        run = importing.upload(sheet, actor=cast.chen_hao, name="items.csv", content=content)
        importing.map_columns(run, COLUMNS, actor=cast.chen_hao)
        step(run, "checked again" if again else "checked")
        importing.order_apply(run, actor=cast.chen_hao)
        step(run, "applied again" if again else "applied")
        first = first or run
    importing.order_undo(first, actor=cast.chen_hao)
    step(first, "undone")
    say(f"{ConfigurationItem.objects.filter(item_class='server').count()} servers left, "
        f"{first.lines.exclude(left='').count()} lines could not be undone, "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")  # fmt: skip


def rows(count, bad):
    """Servers, some of them with an address that is none, evenly spread."""
    every = count // bad if bad else count + 1
    for n in range(count):
        address = "10.0.0.300" if bad and n % every == 0 else f"10.{n // 65536}.{n // 256 % 256}.{n % 256}"
        yield {"host": f"srv-{n}", "name": f"Server {n}", "sn": f"SN{n:07d}", "ip": address, "gb": str(2 ** (n % 8))}


def step(run, words):
    from cmdb.services import importing

    begun = time.perf_counter()
    importing.work(run.pk)
    run.refresh_from_db()
    say(f"{words}: {time.perf_counter() - begun:.1f} s, now {run.state}, {run.counts} {run.problem}")


if __name__ == "__main__":
    main()
