"""One row of every model that tells of a person, with their identity in every column that takes words.

Rows are made from the models alone, past services and constraints, so a model of tomorrow gets its row too. Only for
a test whose transaction is rolled back: the checks of the tables are gone in it.
"""

import uuid
from datetime import date, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from core.forgetting import columns_to_scrub

_PLAIN = {
    models.BooleanField: False,
    models.DateTimeField: timezone.now,
    models.DateField: date.today,
    models.TimeField: time,
    models.DurationField: timedelta,
    models.DecimalField: 1,
    models.FloatField: 1,
    models.IntegerField: 1,
    models.UUIDField: uuid.uuid4,
    models.BinaryField: b"",
    models.JSONField: dict,
    ArrayField: list,
    models.GenericIPAddressField: "127.0.0.1",
}
_LEFT = object()


class Garden:
    """`words` go into every column they fit into, `short` into the others; every relation to people is to `person`."""

    def __init__(self, person, words, short):
        self.person, self.words, self.short = person, words, short
        self.rows, self._growing = {}, set()

    def plant(self, models_to_plant) -> dict:
        """{model: row} of those models and of all that they need."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, name in _checks(cursor):
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            for model in models_to_plant:
                self._row_of(model)
            cursor.execute("SET LOCAL session_replication_role = 'origin'")
        return self.rows

    def _row_of(self, model):
        """The one row of `model`; None while it is being made, for what it needs itself."""
        if model is type(self.person):
            return self.person
        if model in self._growing:
            return self.rows.get(model)
        self._growing.add(model)
        row = model()
        for parent, link in model._meta.parents.items():
            grown = self._row_of(parent)
            for field in parent._meta.concrete_fields:
                setattr(row, field.attname, getattr(grown, field.attname))
            setattr(row, link.attname, grown.pk)
        for field in model._meta.local_concrete_fields:
            if (value := self._value(field)) is not _LEFT:
                setattr(row, field.name, value)
        models.Model.save_base(row, raw=True, force_insert=True)
        self.rows[model] = row
        return row

    def _value(self, field):
        if field.name in columns_to_scrub(field.model):
            return self._text(field)
        if field.is_relation:
            if field.remote_field.parent_link:
                return _LEFT
            is_owed = not field.null or field.related_model is type(self.person)
            return self._row_of(field.related_model) if is_owed else self.rows.get(field.related_model)
        if field.name == "kind" and not field.choices:
            return "incident"
        if field.has_default() or field.null or field.generated or isinstance(field, models.AutoField):
            return _LEFT
        if field.choices:
            return field.choices[0][0]
        plain = next((value for kind, value in _PLAIN.items() if isinstance(field, kind)), "x")
        return plain() if callable(plain) else plain

    def _text(self, field):
        kind = field.base_field if isinstance(field, ArrayField) else field
        text = self.words if (kind.max_length or len(self.words)) >= len(self.words) else self.short
        if isinstance(kind, models.JSONField):
            return {"said": [text]}
        return [text] if kind is not field else text


def _checks(cursor) -> list:
    cursor.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'x') AND conrelid <> 0"
        " AND connamespace = 'public'::regnamespace"
    )
    return cursor.fetchall()
