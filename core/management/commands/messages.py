"""`manage.py messages [app …]`: update, check or compile the translation catalogues."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import translations


class Command(BaseCommand):
    help = "Update the translation catalogues of all or some apps from the sources."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("apps", nargs="*", metavar="app")
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on any finding")
        parser.add_argument("--compile", action="store_true", help="only write the .mo files")

    def handle(self, *, apps, check, compile, **options):
        root = Path(settings.BASE_DIR)
        known = translations.apps_of(root)
        unknown = sorted(set(apps) - set(known))
        if unknown:
            raise CommandError(f"No such app: {', '.join(unknown)}. Known: {', '.join(known)}.")
        apps = apps or known
        if check:
            self._check(root, apps)
        elif compile:
            written = translations.compile_catalogues(root, apps)
            self.stdout.write(f"{written} catalogues compiled")
        else:
            self._update(root, apps)

    def _update(self, root, apps):
        for app in apps:
            texts, untranslated = translations.update(root, app)
            self.stdout.write(f"{app}: {texts} texts, {untranslated} untranslated")
        translations.compile_catalogues(root, apps)

    def _check(self, root, apps):
        lines = [line for app in apps for line in translations.check(root, app).lines()]
        if lines:
            raise CommandError("\n".join([*lines, f"{len(lines)} findings; run: python3 manage.py messages"]))
        self.stdout.write(f"{len(apps)} catalogues are complete")
