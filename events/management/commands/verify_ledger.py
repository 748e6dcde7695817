"""Prove that the ledger is what was written; name the first row or day that is not."""

from django.core.management.base import BaseCommand, CommandError

from events import services


class Command(BaseCommand):
    help = "Recompute the ledger's digests and day seals; exit 1 at the first difference."

    def handle(self, *args, **options):
        verdict = services.verify()
        if not verdict.ok:
            where = f"event {verdict.event_id}" if verdict.event_id else f"day {verdict.day}"
            raise CommandError(f"{where}: {verdict.reason}")
        self.stdout.write(f"{verdict.rows} events verified")
