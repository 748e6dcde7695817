"""`manage.py seed_demo`: the demo company 星河制造, a year of it, ending now."""

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from demo import seeding
from tickets.models import Ticket


class Command(BaseCommand):
    help = "Fill an empty database with the demo company 星河制造. Refuses in production and on other data."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=sorted(seeding.SIZES), default="full")
        parser.add_argument(
            "--reset", action="store_true", help="delete EVERYTHING in the database first; in demo mode only"
        )

    def handle(self, *, size, reset, **options):
        if settings.PRODUCTION:
            raise CommandError(_("The demo is never made in production mode."))
        if reset:
            self._reset()
        if not seeding.is_empty():
            raise CommandError(
                _("The database holds data already. In demo mode, --reset deletes all of it and starts again.")
            )
        began = time.monotonic()
        password = settings.DEMO_PASSWORD
        seeding.seed(seeding.SIZES[size], until=timezone.now(), password=password, progress=self._tell)
        self.stdout.write(
            _("%(tickets)s tickets in %(seconds)d seconds.")
            % {"tickets": Ticket.objects.count(), "seconds": time.monotonic() - began}
        )
        logins = " · ".join(login for _role, login in settings.DEMO_ACCOUNTS)
        self.stdout.write(
            _("Sign in as %(logins)s with the password %(password)s") % {"logins": logins, "password": password}
        )

    def _tell(self, instant, done):
        self.stdout.write(f"  {instant:%Y-%m}  {done:4.0%}")
        self.stdout.flush()

    def _reset(self):
        """Back to an empty database: the ledger refuses deletion, so the whole schema is made anew."""
        if not settings.DEMO:
            raise CommandError(_("--reset works in demo mode only."))
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        shutil.rmtree(Path(settings.MEDIA_ROOT) / "attachments", ignore_errors=True)
        call_command("migrate", interactive=False, verbosity=0)
