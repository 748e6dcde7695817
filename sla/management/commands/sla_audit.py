"""Count clocks again from the ledger and report every difference."""

from datetime import UTC, datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.business_time import epoch_seconds
from sla.models import Clock
from sla.services import auditing


class Command(BaseCommand):
    help = "Recompute clocks from the ledger and compare them with what is stored; exit 1 where any differs."

    def add_arguments(self, parser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--all", action="store_true", help="every clock (the default)")
        chosen.add_argument("--sample", type=int, metavar="N", help="so many clocks, chosen by chance")
        parser.add_argument("--since", metavar="DATE", help="only clocks told something on or after this date")

    def handle(self, *, sample, since, **options) -> None:
        clocks, scope = Clock.objects.all(), "all"
        if since:
            try:
                day = parse_date(since)
            except ValueError:
                day = None
            if day is None:
                raise CommandError(_("“%(text)s” is no date like 2026-11-01.") % {"text": since})
            clocks = clocks.filter(memory__at__gte=epoch_seconds(datetime.combine(day, time(), UTC)))
            scope = f"since {day}"
        if sample is not None:
            if sample < 1:
                raise CommandError(_("A sample has at least one clock."))
            clocks, scope = auditing.sample(clocks, sample), f"{scope}, sample of {sample}"
        run = auditing.audit(clocks, scope=scope)
        for finding in run.findings:
            self.stdout.write("{ticket} clock {clock} {field}: stored {stored}, expected {expected}".format(**finding))
        self.stdout.write(str(run))
        if run.differences:
            raise CommandError(_("%(n)s differences found.") % {"n": run.differences})
