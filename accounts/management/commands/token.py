"""`manage.py token USER --scope read --scope write`: an API token for a person, its secret printed once."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from accounts import selectors, services
from accounts.models import ApiToken
from core import clock
from core.errors import Refused


class Command(BaseCommand):
    help = "Issue an API token. The secret is the only line on standard output and cannot be shown again."

    def add_arguments(self, parser):
        parser.add_argument("user", help="login, e-mail address or staff number")
        parser.add_argument("--scope", action="append", choices=ApiToken.Scope.values, dest="scopes", required=True)
        parser.add_argument("--name", default="command line")
        parser.add_argument("--days", type=int, help="days until it expires; without, it does not expire")

    def handle(self, *, user, scopes, name, days, **options):
        person = selectors.person_called(user)
        if person is None:
            raise CommandError(f"Nobody is called {user!r}.")
        try:
            expires_at = None if days is None else clock.now() + timedelta(days=days)
            token, secret = services.issue_token(person, name, scopes, expires_at, actor=None)
        except OverflowError:
            raise CommandError("--days is too large.") from None
        except Refused as refusal:
            reasons = [reason for reasons in refusal.fields.values() for reason in reasons] or [str(refusal)]
            raise CommandError("; ".join(reasons)) from None
        until = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "without an end"
        self.stderr.write(f"{person.username}: {', '.join(token.scopes)}, {until}. Shown once:")
        self.stdout.write(secret)
