"""`manage.py index_tickets [--after KEY]`: bring the words that tickets are found by up to date."""

from django.core.management.base import BaseCommand

from tickets.services import searching


class Command(BaseCommand):
    help = "Index the words of all tickets anew, e.g. after tickets were brought in by other ways."

    def add_arguments(self, parser):
        parser.add_argument("--after", type=int, default=0, help="go on after the ticket with this key")

    def handle(self, *args, **options):
        done = searching.index_all(options["after"], told=lambda last: self.stdout.write(f"up to {last}"))
        self.stdout.write(f"{done} tickets indexed.")
