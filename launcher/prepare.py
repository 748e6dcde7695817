"""Runs inside Django between the servers' start and the web's: migrate, collect, seed.

One process for all of it: starting Django costs more than finding out that nothing is to be done.
"""

import io
import os
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from launcher import say
from launcher.assets import fingerprint
from launcher.home import REPOSITORY, Home


def migrate() -> None:
    """Apply the missing migrations, if any."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with say.step("migrating", count=len(plan)):
            call_command("migrate", interactive=False, verbosity=0)


def collect(home: Home) -> None:
    """Collect static files when the built ones or the installed packages changed."""
    built = REPOSITORY / "static" / "dist" / ".built"
    images = [file for file in (REPOSITORY / "static" / "img").rglob("*") if file.is_file()]
    locks = list((REPOSITORY / "requirements").glob("*.lock"))
    wanted = fingerprint([*images, *locks]) + (built.read_text() if built.exists() else "")
    stamp = home.run / "collected"
    if stamp.exists() and stamp.read_text() == wanted and os.path.isdir(settings.STATIC_ROOT):
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=os.path.isdir(settings.STATIC_ROOT))
    stamp.write_text(wanted)


def seed(home: Home) -> None:
    """Fill a new database with the demo company; remembers that it began, in case it is interrupted."""
    people = get_user_model().objects.exists()
    if settings.DEMO and not people and "seed_demo" in get_commands():
        home.remember("demo", {"state": "started"})
        with say.step("seeding"):
            call_command("seed_demo", size=os.environ.get("ITSM_DEMO_SIZE", "full"))
        home.remember("demo", {"state": "done"})
        people = True
    elif not settings.DEMO and not people:
        # an empty system still counts by a calendar and a standard agreement
        call_command("install_defaults", stdout=io.StringIO())
    accounts = [[str(label), login] for label, login in getattr(settings, "DEMO_ACCOUNTS", ())]
    shown = accounts if settings.DEMO and people else []
    password = getattr(settings, "DEMO_PASSWORD", "") if shown else ""
    home.remember("prepared", {"people": people, "accounts": shown, "password": password})


def main() -> int:
    django.setup()
    from django.utils import translation

    home = Home.of_environment()
    with translation.override("zh-hans" if say.speaks_chinese() else "en"):
        migrate()
        collect(home)
        seed(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
