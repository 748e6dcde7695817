"""Where `manage.py` begins: `up` and `test` are ours, every other command is Django's."""

import errno
import os
import sys

from launcher import environment, postgres, python_env, say, valkey
from launcher.home import Home
from launcher.servers import in_use

USAGE = "manage.py up [--port N] [--host ADDRESS] [--workers N] [--no-demo] | manage.py test [pytest …]"


def run(argv: list[str]) -> int:
    """Run one command; an expected failure is one sentence and exit code 1, never a traceback."""
    try:
        return _run(argv)
    except say.Stop as reason:
        print(f"✗ {reason}", file=sys.stderr, flush=True)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(f"✗ {say.text('disk_full_now')}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        return 130
    return 1


def _run(argv: list[str]) -> int:
    command = argv[1] if len(argv) > 1 else "help"
    if command not in ("up", "test") and (environment.LAUNCHED in os.environ or _runs_as_it_is()):
        return _django(argv)
    if command not in ("up", "test"):
        say.quietly()
    python_env.check_python()
    own_servers = environment.uses_own_servers(os.environ)
    if python_env.is_musl() and not own_servers:
        raise say.Stop("musl")
    home = Home.of_environment().make()
    if command == "up":
        from launcher import up

        options = up.read_options(argv[2:])
        up.check_port(options.host, options.port)
    if command == "test":
        python_env.ensure(home, "test")
    else:
        python_env.ensure(home, "production" if own_servers else "local")
    if not python_env.inside():
        python_env.step_into(argv)
    if command == "up":
        return up.run(home, options)
    if command == "test":
        from launcher import testing

        return testing.run(home, argv[2:])
    return _with_servers(home, argv, own_servers)


def _runs_as_it_is() -> bool:
    """Containers and prepared environments: Django is installed here and both servers are named."""
    from importlib.util import find_spec

    if not all(os.environ.get(name) for name in environment.URLS):
        return False
    ours = python_env.inside() or not python_env.python().exists()
    return ours and all(find_spec(name) for name in ("django", "psycopg2", "celery"))


def _with_servers(home: Home, argv: list[str], own_servers: bool) -> int:
    """Run a Django command with the servers of `up`, started for its duration when nothing runs."""
    mode = home.recall("up").get("mode") or home.recall("mode").get("mode") or "demo"
    if own_servers:
        environment.check_reachable(os.environ)
        os.environ.update(environment.assemble(os.environ, home, mode=mode))
        return _django(argv)
    servers = [postgres.Postgres(home), valkey.Valkey(home)]
    with in_use(home, servers):
        postgres.create_database(servers[0])
        urls = {"database_url": servers[0].url(), "redis_url": servers[1].url()}
        os.environ.update(environment.assemble(os.environ, home, mode=mode, **urls))
        python_env.compile_messages()
        if not postgres.is_migrated(urls["database_url"]):
            _migrate_for(argv[1])
        return _django(argv)


def _migrate_for(command: str) -> None:
    """Make the tables for a command of our apps that comes before the first `up`."""
    import django
    from django.core.management import get_commands

    django.setup()
    if not get_commands().get(command, "core").startswith(("core", "django.")):
        from launcher.prepare import migrate

        migrate()


def _django(argv: list[str]) -> int:
    from django.core.management import execute_from_command_line

    if len(argv) > 1 and argv[1] in ("help", "--help", "-h"):
        say.line(USAGE)
    execute_from_command_line(argv)
    return 0
