"""Replay the incident log of another tool: `manage.py import_log FILE --format servicenow-audit`."""

import time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Team
from core.errors import Refused
from incidents.importing import naming, servicenow
from incidents.importing.replaying import Replay, publish_imported
from incidents.importing.report import BAD_ROWS_SHOWN, Report

PROGRESS_EVERY = 5


class Command(BaseCommand):
    help = "Replay an incident log with its original instants. Repeating it changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=[servicenow.SOURCE], default=servicenow.SOURCE)
        parser.add_argument("--organisation", default="ServiceNow log (UCI 498)", help="whose incidents these are")
        parser.add_argument("--time-zone", default="UTC", help="the zone the log's dates are written in")
        parser.add_argument(
            "--served-by",
            action="append",
            default=[],
            metavar="TEAM",
            help="slug of a team that sees them; repeatable; without it the teams at the top of the reporting line",
        )

    def handle(self, *, file, organisation, time_zone, served_by, **options):
        zone, teams = _zone(time_zone), _teams(served_by)
        report = Report()
        began = time.monotonic()
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s") % {"file": file, "why": error.strerror or error}
            ) from None
        try:
            histories = servicenow.histories(servicenow.decoded(content), zone=zone, report=report)
            owner = naming.organisation_called(organisation)
            replay = Replay(naming.Names(owner, histories), report)
        except Refused as refusal:
            raise CommandError("; ".join(str(m) for messages in refusal.fields.values() for m in messages)) from None
        for team in teams:
            team.serves.add(owner)
        self._replay(replay, histories)
        if report.created or report.continued:
            publish_imported(owner, report)
        self._tell(report, time.monotonic() - began)

    def _replay(self, replay, histories):
        told = time.monotonic()
        for done, rows in enumerate(histories, start=1):
            replay.run(rows)
            if time.monotonic() - told > PROGRESS_EVERY:
                told = time.monotonic()
                self.stdout.write(_("%(done)s of %(all)s incidents") % {"done": done, "all": len(histories)})

    def _tell(self, report, seconds):
        say = self.stdout.write
        say(
            _(
                "%(rows)s rows: %(created)s incidents new, %(continued)s continued, %(unchanged)s unchanged, "
                "%(failed)s refused, %(bad)s rows skipped; %(seconds).1f s"
            )
            % {**vars(report), "bad": len(report.bad), "seconds": seconds}
        )
        for line, reason in report.bad[:BAD_ROWS_SHOWN]:
            say(_("  line %(line)s skipped: %(reason)s") % {"line": line, "reason": reason})
        if len(report.bad) > BAD_ROWS_SHOWN:
            say(_("  … and %(more)s more") % {"more": len(report.bad) - BAD_ROWS_SHOWN})
        if report.notes:
            say(_("Mapped only in part:"))
        for kind, count in report.notes.most_common():
            say(f"  {count:6d}  {kind} ({'; '.join(report.examples[kind])})")


def _zone(name):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CommandError(_("There is no time zone “%(name)s”.") % {"name": name}) from None


def _teams(slugs):
    if not slugs:
        return list(Team.objects.active().filter(parent=None))
    found = {team.slug: team for team in Team.objects.filter(slug__in=slugs)}
    missing = [slug for slug in slugs if slug not in found]
    if missing:
        raise CommandError(_("There is no team “%(name)s”.") % {"name": missing[0]})
    return list(found.values())
