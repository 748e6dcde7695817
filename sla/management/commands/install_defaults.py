"""Give a new system what it counts by: calendars with holidays and the standard agreement. Safe to run again."""

from django.core.management.base import BaseCommand

from sla import services


class Command(BaseCommand):
    help = "Create the office and round-the-clock calendars and the standard agreement where they are missing."

    def handle(self, *args, **options):
        self.stdout.write(f"in force: {services.install_defaults()}")
