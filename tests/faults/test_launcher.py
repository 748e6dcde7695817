"""`manage.py up` under blows: killed servers, killed workers, a killed supervisor, Ctrl-C.

Every test has an ITSM_HOME of its own directly below the temporary folder: as root the database runs
as `nobody`, who cannot enter pytest's private folders.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import redis

from launcher import postgres, processes, valkey
from launcher.home import REPOSITORY, Home
from launcher.servers import free_port

pytestmark = pytest.mark.faults
OURS = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "SECRET_KEY", "MEDIA_ROOT", "ITSM_MODE", "ITSM_LAUNCHED")
SUPERVISED = """
import os, sys
from launcher.home import Home
from launcher.supervisor import Supervisor
supervisor = Supervisor(Home.of_environment().make(), [], dict(os.environ))
child = "import time\\nprint('born', flush=True)\\ntime.sleep(600)"
for name in ("one", "two"):
    supervisor.add(name, [sys.executable, "-c", child])
supervisor.run()
"""


def until(question, seconds=20):
    """Wait for a true answer and return it; the last one when time is up."""
    limit = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < limit:
        time.sleep(0.1)
    return answer


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="itsm-launcher-"))
    folder.chmod(0o755)
    yield Home(folder).make()
    shutil.rmtree(folder)


@pytest.fixture
def environ(home):
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {"ITSM_HOME": str(home.path), "LC_ALL": "C.UTF-8", "PYTHONPATH": str(REPOSITORY)}


@pytest.fixture
def launch(environ, home):
    """Start a command whose output goes to a file; whatever it leaves is killed after the test."""
    started = []

    def start(*command):
        with open(home.logs / f"output-{len(started)}.log", "wb") as out:
            process = subprocess.Popen(command, cwd=REPOSITORY, env=environ, stdout=out, stderr=out)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
    for pid in left_of(home):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def left_of(home):
    """Live processes started for this ITSM_HOME: by their environment, servers by their record."""
    mark = os.fsencode(f"ITSM_HOME={home.path}")
    found = set()
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if mark in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0"):
                found.add(int(entry))
    return sorted(pid for pid in found if processes.started_at(pid))


def child(home, name):
    return home.recall("children").get(name, {})


def serves(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def test_killed_postgres_comes_back_with_every_committed_row(home):
    server = postgres.Postgres(home)
    server.start()
    try:
        postgres.create_database(server)
        with contextlib.closing(postgres.connect(server.url())) as link, link.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (id int)")
            cursor.execute("INSERT INTO kept SELECT generate_series(1, 20000)")
        os.kill(server.state["pid"], signal.SIGKILL)
        until(lambda: not server.alive())
        server.start()
        with contextlib.closing(postgres.connect(server.url())) as link, link.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kept")
            assert cursor.fetchone() == (20000,)
    finally:
        server.stop()
    assert not server.alive()


def test_trigrams_know_chinese(home):
    server = postgres.Postgres(home, durable=False)
    server.start()
    try:
        with contextlib.closing(postgres.connect(server.url("postgres"))) as link, link.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute("SELECT cardinality(show_trgm('数据库'))")
            assert cursor.fetchone()[0] > 0
    finally:
        server.stop()


def test_postgres_without_its_run_state_is_taken_over(home):
    server = postgres.Postgres(home)
    server.start()
    first = server.state["pid"]
    try:
        home.forget("postgres")
        again = postgres.Postgres(home)
        again.start()
        assert again.state["pid"] != first
        assert again.answers(again.port)
    finally:
        again.stop()
        server.child.wait()


def test_server_of_a_killed_up_is_not_trusted(home):
    """It may still answer for a moment, but the kernel has already told it to end."""
    server = postgres.Postgres(home, durable=False)
    server.start(die_with_parent=True)
    try:
        first = server.state
        home.remember("postgres", first | {"parent": {"pid": first["parent"]["pid"], "started": "0"}})
        server.start()
        assert server.state["pid"] != first["pid"]
        assert server.answers(server.port)
    finally:
        server.stop()


def test_killed_valkey_keeps_what_is_older_than_a_second(home):
    server = valkey.Valkey(home)
    server.start()
    try:
        redis.Redis.from_url(server.url()).rpush("queue", *range(1000))
        time.sleep(1.3)
        os.kill(server.state["pid"], signal.SIGKILL)
        until(lambda: not server.alive())
        server.start()
        assert redis.Redis.from_url(server.url()).llen("queue") == 1000
    finally:
        server.stop()


def test_supervisor_restarts_a_killed_child_and_ends_all_on_ctrl_c(home, launch):
    supervisor = launch(sys.executable, "-c", SUPERVISED)
    assert until(lambda: child(home, "one") and child(home, "two"))
    first = child(home, "one")
    os.kill(first["pid"], signal.SIGKILL)
    assert until(lambda: child(home, "one") != first and processes.lives(child(home, "one")))
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(20) == 0
    assert left_of(home) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux only")
def test_killed_supervisor_leaves_no_orphans(home, launch):
    supervisor = launch(sys.executable, "-c", SUPERVISED)
    assert until(lambda: child(home, "one") and child(home, "two"))
    supervisor.kill()
    assert until(lambda: not left_of(home))


def test_up_survives_kill_9_and_stops_cleanly(home, launch):
    port = free_port()
    command = (sys.executable, "manage.py", "up", "--no-demo", "--port", str(port), "--workers", "1")
    first = launch(*command)
    assert until(lambda: serves(port), 120), (home.logs / "output-0.log").read_text()

    # a killed worker is replaced
    worker = child(home, "fast")
    os.kill(worker["pid"], signal.SIGKILL)
    assert until(lambda: child(home, "fast") != worker and processes.lives(child(home, "fast")))

    # the database is killed: the supervisor brings it back
    database = home.recall("postgres")
    os.kill(database["pid"], signal.SIGKILL)
    assert until(lambda: processes.lives(home.recall("postgres")) and home.recall("postgres") != database)

    # a second start of the same home is refused in one sentence
    second = launch(*command[:-4], "--port", str(free_port()))
    assert second.wait(30) == 1
    refusal = (home.logs / "output-1.log").read_text()
    assert f"process {first.pid}" in refusal
    assert "Traceback" not in refusal

    # everything is killed at once: the next start serves again, soon
    first.kill()
    first.wait()
    began = time.monotonic()
    third = launch(*command)
    words = home.logs / "output-2.log"
    assert until(lambda: "Ready:" in words.read_text(), 60), words.read_text()
    assert serves(port)
    assert time.monotonic() - began < 30

    third.send_signal(signal.SIGINT)
    assert third.wait(40) == 0
    assert left_of(home) == []
    assert "Traceback" not in words.read_text()


def test_command_keeps_its_standard_output_to_itself(home, environ):
    """On a machine where the servers and the tables must be made first."""
    command = [sys.executable, "manage.py", "verify_ledger"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert "migrations" in done.stderr
    assert left_of(home) == []


def test_port_in_use_is_said_before_anything_starts(home, launch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = launch(sys.executable, "manage.py", "up", "--port", str(other.getsockname()[1]))
        assert taken.wait(20) == 1
    words = (home.logs / "output-0.log").read_text()
    assert len(words.splitlines()) == 1
    assert "is used by another program" in words
    assert not (home.path / "postgres").exists()
