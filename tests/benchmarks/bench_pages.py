"""What the main pages cost, as ratios measured in one run. By hand, on an otherwise idle machine:

    ITSM_MODE=test DATABASE_URL=postgresql://… REDIS_URL=redis://… \\
        .venv/bin/python -m tests.benchmarks.bench_pages [--few 1000] [--many 200000] [--runs 60]

It makes a database of its own beside the one that DATABASE_URL names (`bench_<name>`) and drops it in the end.
First table: the queue page, a ticket page and creation by API, served by gunicorn with one worker, against a view
that does nothing (same middleware, same signed-in session) and against one bare SQL statement (a ticket by its
key) on the same connection settings; medians of interleaved runs. Second table: what each view of the queue asks
of PostgreSQL: statements, blocks of 8 kB touched, rows read, time, and their ratios; first with a history grown
from few to many beside the same backlog (a quarter of the few is open), then with a backlog grown by ten thousand
as well. A standing view's count stops at a thousand, so a growing backlog costs more only up to that.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2

VIEWS = (
    "view=unassigned", "view=mine", "view=team", "view=open", "view=open&sort=priority", "view=open&sort=activity",
    "view=due", "view=all", "view=all&q=g777", "view=all&q=ERP",
)  # fmt: skip
MORE_OPEN = 10_000


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--few", type=int, default=1_000)
    arguments.add_argument("--many", type=int, default=200_000)
    arguments.add_argument("--runs", type=int, default=60)
    asked = arguments.parse_args()

    with own_database():
        measure(asked)


@contextmanager
def own_database():
    """Django set up on a fresh, migrated database beside the one that DATABASE_URL names; dropped in the end."""
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import setup_test_environment

    url = urlsplit(os.environ["DATABASE_URL"])
    maintenance = urlunsplit(url._replace(path="/postgres"))
    name = f"bench_{url.path.strip('/')}"
    administer(maintenance, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    os.environ |= {
        "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}")),
        "DJANGO_SETTINGS_MODULE": "itsm.settings",
        "API_REQUESTS_PER_MINUTE": "1000000",
        "DB_STATEMENT_TIMEOUT_MS": "600000",
    }
    try:
        django.setup()
        setup_test_environment()
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections.close_all()
        administer(maintenance, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def administer(maintenance, *statements):
    """Run statements outside a transaction, in the server's maintenance database."""
    connection = psycopg2.connect(maintenance)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def measure(asked):
    from django.test import Client

    from incidents import services as incidents
    from sla import services as sla
    from tests.benchmarks.generated import generate
    from tests.benchmarks.page_costs import cost_of
    from tests.cast import make_cast

    cast = make_cast()
    sla.install_defaults()
    incident = incidents.report_incident(actor=cast.li_na, title="ERP 登录失败", service=cast.erp)
    dealt = {
        "teams": [cast.desk.pk, cast.network.pk, cast.database.pk],
        "assignees": [cast.zhang_wei.pk, cast.chen_hao.pk, cast.liu_yang.pk],
    }
    client = Client()
    client.force_login(cast.zhang_wei)

    generate(incident, asked.few, **dealt)
    few = {view: cost_of(client, f"/desk/?{view}") for view in VIEWS}
    served_few = serve_and_time(cast, client, incident, asked.runs)
    say(f"generating {asked.many:,} tickets …")
    generate(incident, asked.many - asked.few, first=asked.few, open_below=asked.few, **dealt)
    many = {view: cost_of(client, f"/desk/?{view}") for view in VIEWS}
    served_many = serve_and_time(cast, client, incident, asked.runs)
    generate(incident, 4 * MORE_OPEN, first=asked.many, **dealt)
    busy = {view: cost_of(client, f"/desk/?{view}") for view in VIEWS}
    report_pages(asked, served_few, served_many)
    report_queue(f"SQL of the queue page, {asked.few:,} → {asked.many:,} tickets, the same backlog", few, many)
    report_queue(f"SQL of the queue page, and {MORE_OPEN:,} more open tickets", few, busy)


def serve_and_time(cast, client, incident, runs) -> dict[str, float]:
    """Median milliseconds of each request and of the bare statement, interleaved, after three rounds to warm up."""
    from django.db import connection

    from accounts.services import issue_token

    _token, secret = issue_token(cast.zhang_wei, "bench", ["read", "write"], actor=cast.zhang_wei)
    signed_in = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
    by_token = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    body = json.dumps({"title": "Reported by a program", "service": cast.erp.pk})
    with serving() as port:
        http_connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        work = {
            "bare SQL": lambda: fetch_by_key(connection, incident.pk),
            "view that does nothing": lambda: ask(http_connection, "GET", "/bench/nothing/", signed_in),
            "queue page": lambda: ask(http_connection, "GET", "/desk/?view=open", signed_in),
            "ticket page": lambda: ask(http_connection, "GET", f"/desk/t/{incident.number}/", signed_in),
            "creation by API": lambda: ask(http_connection, "POST", "/api/v1/incidents/", by_token, body),
        }
        taken = {name: [] for name in work}
        for run in range(runs + 3):
            for name, act in work.items():
                began = time.perf_counter()
                act()
                if run >= 3:
                    taken[name].append((time.perf_counter() - began) * 1000)
        return {name: statistics.median(times) for name, times in taken.items()}


@contextmanager
def serving():
    """gunicorn with one worker beside us while the block runs; yields its port."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "tests.benchmarks.bench_site:application", "-b", f"127.0.0.1:{port}",
         "-w", "1", "-k", "gthread", "--threads", "2", "--log-level", "error"],
    )  # fmt: skip
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def fetch_by_key(connection, pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number, title, state FROM tickets_ticket WHERE id = %s", [pk])
        return cursor.fetchone()


def ask(connection, method, path, headers, body=None):
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status not in (200, 201):
        raise SystemExit(f"{method} {path}: {answer.status} {content[:300]!r}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port, seconds=30):
    """Return when the server takes connections; TimeoutError after `seconds`."""
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise TimeoutError(f"no server on port {port}") from None
            time.sleep(0.1)


def report_pages(asked, few, many):
    say("", f"{'median, ms':24}{asked.few:>12,}{asked.many:>12,}{'ratio':>8}{'× nothing':>12}{'× bare SQL':>12}")
    for name, ms in many.items():
        row = f"{name:24}{few[name]:12.2f}{ms:12.2f}{ms / few[name]:8.2f}"
        say(f"{row}{ms / many['view that does nothing']:12.1f}{ms / many['bare SQL']:12.0f}")


def report_queue(title, few, many):
    say("", title)
    say(f"{'view':26}{'statements':>12}{'blocks':>18}{'×':>6}{'rows':>20}{'×':>6}{'ms':>16}{'×':>6}")
    for view, small in few.items():
        large = many[view]
        cells = [f"{view:26}", f"{small.statements} → {large.statements}".rjust(12)]
        for before, after, width, digits in (
            (small.blocks, large.blocks, 18, 0), (small.rows, large.rows, 20, 0), (small.ms, large.ms, 16, 1)
        ):  # fmt: skip
            cells += [f"{before:,.{digits}f} → {after:,.{digits}f}".rjust(width), f"{after / max(before, 0.01):6.1f}"]
        say("".join(cells))


def say(*lines):
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
