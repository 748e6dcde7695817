"""`manage.py test`: the whole suite on servers of its own, beside a running `up`."""

import contextlib
import os
import subprocess

from launcher import assets, browser, environment, postgres, processes, python_env, say, valkey
from launcher.home import REPOSITORY, Home
from launcher.servers import in_use

PREFIX = "run"


def run(home: Home, arguments: list[str]) -> int:
    """Build what the tests need, start the servers, run pytest and return its exit code."""
    home = home.for_tests().make()
    home.tools = home.path.parent / "tools"
    assets.ensure(home)
    python_env.compile_messages()
    chromium, reason = browser.find(home)
    if chromium is None:
        say.line(say.text("no_browser", reason=reason))
    with contextlib.ExitStack() as stack:
        urls = _servers(home, stack, arguments)
        environ = environment.assemble(os.environ, home, mode="test", site_url="http://testserver")
        environ |= urls | {"ITSM_MODE": "test", "ITSM_NO_BROWSER_REASON": reason}
        environ |= {"ITSM_CHROMIUM": chromium} if chromium else {}
        return _pytest(environ, arguments)


def pytest_command(arguments: list[str]) -> list[str]:
    """The pytest call: two processes unless the caller chose a number.

    Whoever is done first takes from the other's end: browsers and killed servers lie together in the order of files.
    """
    chosen = any(part.startswith(("-n", "--numprocesses")) for part in arguments)
    parallel = [] if chosen or "--co" in arguments or "--pdb" in arguments else ["-n", "2", "--dist", "worksteal"]
    return [str(python_env.python()), "-m", "pytest", *parallel, *arguments]


def _pytest(environ: dict, arguments: list[str]) -> int:
    """Run pytest to its end; Ctrl-C reaches it directly, and we wait for its summary."""
    process = subprocess.Popen(
        pytest_command(arguments),
        cwd=REPOSITORY,
        env={name: value for name, value in environ.items() if name != environment.LAUNCHED},
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _servers(home: Home, stack: contextlib.ExitStack, arguments: list[str]) -> dict:
    """The named servers, or throw-away ones; each run has database names of its own."""
    if environment.uses_own_servers(os.environ):
        environment.check_reachable(os.environ)
        return {name: os.environ[name] for name in environment.URLS}
    keep = bool(os.environ.get("ITSM_TEST_KEEP"))
    database = postgres.Postgres(home, durable=False)
    broker = valkey.Valkey(home, durable=False)
    try:
        stack.enter_context(in_use(home, [database, broker], keep=keep))
    except say.Stop:
        # a power cut tore the unsynced files: nothing in them is worth keeping
        database.wipe()
        broker.wipe()
        stack.enter_context(in_use(home, [database, broker], keep=keep))
    _drop_stale(database)
    # pytest-django puts test_ in front; --reuse-db wants a name that stays
    name = postgres.ROLE if "--reuse-db" in arguments else f"{PREFIX}{os.getpid()}"
    number = os.getpid() % 1023 + 1
    return {"DATABASE_URL": database.url(name), "REDIS_URL": broker.url(number)}


def _drop_stale(database: postgres.Postgres) -> None:
    """Drop the databases of runs that were killed before they could."""
    maintenance = database.url("postgres")
    for name in postgres.databases(maintenance):
        pid = owner_of(name)
        if pid and not processes.started_at(pid):
            postgres.drop_database(maintenance, name)


def owner_of(name: str) -> int:
    """The process whose run made the test database `name`; 0 when it is none of ours."""
    start = f"test_{PREFIX}"
    digits = name.removeprefix(start).split("_")[0] if name.startswith(start) else ""
    return int(digits) if digits.isdigit() else 0
