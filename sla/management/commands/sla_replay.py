"""Replay worked cases of service level semantics through the product's own engine."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from sla.engine.replay import replay_file


class Command(BaseCommand):
    help = _("Replay a file of worked cases through the engine and print {case id: results} as JSON.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help=_("a JSON file of format 1"))

    def handle(self, *, file: Path, **options) -> None:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(_("Cannot read %(file)s: %(why)s") % {"file": file, "why": error.strerror}) from error
        except ValueError as error:
            raise CommandError(_("%(file)s is not JSON: %(why)s") % {"file": file, "why": error}) from error
        try:
            results = replay_file(content)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CommandError(
                _("%(file)s is not a file of worked cases: %(why)s") % {"file": file, "why": repr(error)}
            ) from error
        self.stdout.write(json.dumps(results, ensure_ascii=False))
