"""`manage.py reencrypt_secrets`: the last step of changing SECRET_KEY (docs/operations.md)."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.secrets import SecretField, Undecipherable


class Command(BaseCommand):
    help = "Encrypt every stored password and webhook address under the present SECRET_KEY. May run again at any time."

    def handle(self, **options):
        """Exit 1 when something cannot be read under any key; the rest is written all the same."""
        written, lost = 0, []
        for model in apps.get_models():
            if names := [field.name for field in model._meta.local_fields if isinstance(field, SecretField)]:
                with transaction.atomic():
                    count, unread = _renew(model, names)
                written, lost = written + count, lost + unread
        self.stdout.write(f"Encrypted under the present key: {written}.")
        if lost:
            raise CommandError(f"Cannot be read under any key, to be typed again: {'; '.join(lost)}.")


def _renew(model, names):
    """(how many values were written, what cannot be read) of one table, its rows locked."""
    written, lost = 0, []
    for row in model._base_manager.select_for_update().only("pk", *names).order_by("pk"):
        renewed = {}
        for name in filter(lambda name: getattr(row, name), names):
            try:
                renewed[name] = getattr(row, name).renewed()
            except Undecipherable:
                lost.append(f"{model._meta.label} {row.pk}, {name}")
        if renewed:
            model._base_manager.filter(pk=row.pk).update(**renewed)
            written += len(renewed)
    return written, lost
