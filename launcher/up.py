"""`manage.py up`: from a fresh clone, or from yesterday's data, to a running system."""

import argparse
import contextlib
import errno
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request

from launcher import assets, environment, postgres, processes, python_env, say, valkey
from launcher.home import REPOSITORY, Home, locked, need_space
from launcher.servers import Server, free_port, in_use
from launcher.supervisor import Supervisor

WEB_OPTIONS = (
    "--worker-class gthread --threads 4 --timeout 60 --graceful-timeout 8 "
    "--max-requests 5000 --max-requests-jitter 500 --no-control-socket --log-level warning "
    "--logger-class itsm.gunicorn.Logger"
)


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The options of `up`; a wrong one ends with argparse's usage line."""
    parser = argparse.ArgumentParser(prog="manage.py up", description="Run the whole system in the foreground.")
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (default 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--workers", type=int, default=2, help="processes per worker group (default 2)")
    parser.add_argument("--no-demo", action="store_true", help="start empty, without the demo company")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        parser.error("--port: 1 to 65535")
    if not 1 <= options.workers <= 64:
        parser.error("--workers: 1 to 64")
    return options


def check_port(host: str, port: int) -> None:
    """Raise Stop with a free port to use instead when `port` cannot be opened."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            keys = {errno.EADDRINUSE: "port_in_use", errno.EACCES: "port_forbidden"}
            key = keys.get(error.errno, "host_unknown")
            other = free_port(min(max(port + 1, 8001), 65535))
            raise say.Stop(key, host=host, port=port, other=other) from error


def run(home: Home, options: argparse.Namespace) -> int:
    """Start servers, prepare the application, then supervise until asked to stop."""
    with locked(home.run / "up.lock", wait=False) as alone:
        if alone is None:
            known = home.recall("up")
            raise say.Stop("already_up", pid=known.get("pid"), url=known.get("url"))
        # what a killed predecessor left would hold our port
        Supervisor(home, [], dict(os.environ)).clear_leftovers()
        check_port(options.host, options.port)
        assets.ensure(home)
        python_env.compile_messages()
        with contextlib.ExitStack() as stack:
            environ, servers = _environment(home, options, stack)
            home.remember("mode", {"mode": environ["ITSM_MODE"]})
            _prepare(home, environ, servers)
            url = _own_url(options)
            home.remember("up", {**processes.identity(os.getpid()), "url": url, "mode": environ["ITSM_MODE"]})
            supervisor = _supervisor(home, options, environ, servers)
            supervisor.on_turn = _Greeting(home, supervisor, url)
            supervisor.run()
        home.forget("up")
    say.line(say.text("stopped"))
    return 0


def _own_url(options: argparse.Namespace) -> str:
    host = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host
    return f"http://{f'[{host}]' if ':' in host else host}:{options.port}"


def _environment(
    home: Home, options: argparse.Namespace, stack: contextlib.ExitStack
) -> tuple[dict[str, str], list[Server]]:
    """Django's environment and the embedded servers behind it (none when URLs are set)."""
    chosen = {"mode": "local" if options.no_demo else "demo", "site_url": _own_url(options)}
    if environment.uses_own_servers(os.environ):
        environment.check_reachable(os.environ)
        return environment.assemble(os.environ, home, **chosen), []
    need_space(home.path, 200)
    database, broker = postgres.Postgres(home), valkey.Valkey(home)
    with say.step("database"):
        stack.enter_context(in_use(home, [database, broker], die_with_parent=True))
    if home.recall("demo").get("state") == "started":
        say.line(say.text("unfinished_demo"))
        postgres.drop_database(database.url("postgres"), postgres.ROLE)
        home.forget("demo")
    postgres.create_database(database)
    urls = {"database_url": database.url(), "redis_url": broker.url()}
    return environment.assemble(os.environ, home, **chosen, **urls), [database, broker]


def _prepare(home: Home, environ: dict[str, str], servers: list[Server]) -> None:
    """Migrate, collect static files and seed, in one Django process that reports into run/prepared.json."""
    home.forget("prepared")
    with say.step("preparing"):
        command = [str(python_env.python()), "-m", "launcher.prepare"]
        if subprocess.run(command, cwd=REPOSITORY, env=environ, check=False).returncode:
            raise say.Stop("step_failed", step=say.text("preparing"))


def _supervisor(home: Home, options: argparse.Namespace, environ: dict[str, str], servers: list[Server]) -> Supervisor:
    """The processes of a running system; beat comes last, so it is stopped first."""
    python = str(python_env.python())
    count = str(options.workers)
    host = f"[{options.host}]" if ":" in options.host else options.host
    # Celery warns root at every start about pickled messages; ours are JSON only
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    # Web processes count for themselves; in one directory /metrics adds them up, whichever of them is asked.
    counts = home.run / "metrics"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir()
    supervisor = Supervisor(home, servers, quiet | {"PROMETHEUS_MULTIPROC_DIR": str(counts)} | environ)
    web = [python, "-m", "gunicorn", "itsm.wsgi:application", *WEB_OPTIONS.split()]
    supervisor.add("web", [*web, "--workers", count, "--bind", f"{host}:{options.port}"])
    celery = [python, "-m", "celery", "--quiet", "-A", "itsm"]
    for name, queues in (("fast", "timers,events"), ("slow", "mail,bulk")):
        worker = ["worker", "-Q", queues, "-n", f"{name}@%h", "-c", count, "--loglevel", "WARNING"]
        supervisor.add(name, [*celery, *worker, "--without-gossip", "--without-mingle"], grace=15)
    schedule = home.run / "celerybeat-schedule"
    beat = ["beat", "--schedule", str(schedule), "--pidfile=", "--loglevel", "WARNING"]
    supervisor.add("beat", [*celery, *beat])
    return supervisor


class _Greeting:
    """Says where to go, once the web server answers."""

    def __init__(self, home: Home, supervisor: Supervisor, url: str):
        self.home = home
        self.supervisor = supervisor
        self.url = url
        self.turns = 0
        self.done = False

    def __call__(self) -> None:
        if self.done:
            return
        self.turns += 1
        if self._answers():
            self.done = True
            for words in self._words():
                say.line(words)
        elif self.turns == 120:
            self.supervisor.tell("up", say.text("not_serving"))

    def _answers(self) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            opener.open(f"{self.url}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def _words(self) -> list[str]:
        prepared = self.home.recall("prepared")
        words = ["", say.text("ready", url=self.url)]
        accounts = prepared.get("accounts", [])
        if accounts:
            words.append(say.text("accounts"))
            words += [f"  {login:<12} {say.role(label)}" for label, login in accounts]
            if prepared.get("password"):
                words.append(f"  {prepared['password']}")
        elif not prepared.get("people"):
            words.append(say.text("first_admin"))
        return [*words, say.text("how_to_stop"), ""]
