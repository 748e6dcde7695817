"""Personal data across the apps: what points to a person, and how their identity is taken out of texts."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db.models import FileField
from django.utils.module_loading import import_string

from core.secrets import SecretField

# What would let its reader act as somebody, or says nothing to a person.
_SECRET = {"password", "digest", "token_digest", "session_key", "session_data", "search_keys", "fingerprint"}


def rows_about(person):
    """(label of the model, row, its files) of everything that points to a person, the person first.

    Found from the models themselves: a new model with a relation to people is part of every export from its first day.
    """
    yield person._meta.label, row_of(person), []
    for model in apps.get_models():
        if model._meta.proxy or model._meta.auto_created:
            continue
        fields = [field for field in model._meta.get_fields() if _points_to_people(field, type(person))]
        seen = set()
        for field in fields:
            for found in model._base_manager.filter(**{field.name: person}).order_by("pk").iterator(chunk_size=500):
                if found.pk not in seen:
                    seen.add(found.pk)
                    yield model._meta.label, row_of(found), _files_of(found)


def row_of(row) -> dict:
    """The columns of a row by name, without secrets and indexes; relations by key."""
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in _SECRET and not isinstance(field, SearchVectorField | SecretField | FileField)
    }


def _points_to_people(field, model) -> bool:
    is_own = not field.auto_created and (field.many_to_one or field.one_to_one or field.many_to_many)
    return bool(is_own and field.related_model is model)


def _files_of(row) -> list:
    fields = [field for field in row._meta.concrete_fields if isinstance(field, FileField)]
    return [stored for field in fields if (stored := getattr(row, field.name))]


@dataclass(frozen=True)
class Identity:
    """What names a person in free text, and the pseudonym that takes its place."""

    names: tuple[str, ...]
    pseudonym: str

    @cached_property
    def _pattern(self):
        longest_first = sorted({name for name in self.names if len(name) > 1}, key=len, reverse=True)
        # Latin names and numbers are words of their own; Chinese ones stand between other characters.
        parts = [
            rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" if name.isascii() else re.escape(name)
            for name in longest_first
        ]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def scrubbed(self, value):
        """A text, or a JSON value with texts anywhere in it, without the identity."""
        if isinstance(value, str):
            return self._pattern.sub(self.pseudonym, value) if self._pattern else value
        if isinstance(value, list):
            return [self.scrubbed(one) for one in value]
        if isinstance(value, dict):
            return {key: self.scrubbed(one) for key, one in value.items()}
        return value

    def scrub(self, rows, *fields) -> int:
        """Write the named texts of `rows` without the identity; returns how many rows changed."""
        changed = 0
        for row in rows.only("pk", *fields).iterator(chunk_size=500):
            values = {name: self.scrubbed(getattr(row, name)) for name in fields}
            values = {name: value for name, value in values.items() if value != getattr(row, name)}
            if values:
                type(row)._base_manager.filter(pk=row.pk).update(**values)
                changed += 1
        return changed


def erase_everywhere(person, identity) -> None:
    """Every app forgets its part: `itsm/erasing.py` says in which order."""
    for erase in import_string(f"{settings.ROOT_ERASURECONF}.ERASERS"):
        erase(person, identity)
