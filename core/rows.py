"""Many rows of one table in one statement, for what is written by the thousand.

`bulk_create` and `bulk_update` prepare every value of every object one by one, which costs several times what
PostgreSQL needs for the row. Here one JSON text carries all of them. It is for numbers, text, booleans, aware
datetimes, JSON and keys of other rows; fields of other kinds belong to `bulk_create`.
"""

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection


def insert(objects) -> None:
    """Insert unsaved objects of one model; each gets its key and what else the database fills in (`db_default`)."""
    meta = objects[0]._meta
    filled = meta.db_returning_fields
    fields = [field for field in meta.concrete_fields if field not in filled]
    names, filled_names = (", ".join(f'"{field.column}"' for field in some) for some in (fields, filled))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {meta.db_table} ({names}) SELECT {names} FROM {_record_set(fields)} RETURNING {filled_names}",
            [_text(objects, fields)],
        )
        for one, values in zip(objects, cursor.fetchall(), strict=True):
            for field, value in zip(filled, values, strict=True):
                setattr(one, field.attname, value)
            one._state.adding, one._state.db = False, connection.alias


def update(objects, names) -> None:
    """Save the columns `names` of objects of one model that exist already; without either there is nothing to do."""
    if not objects or not names:
        return
    meta = objects[0]._meta
    fields = [field for field in meta.concrete_fields if field.column in names]
    columns = [f'"{field.column}"' for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {meta.db_table} SET ({', '.join(columns)}) = ROW({', '.join(f'anew.{name}' for name in columns)}) "
            f"FROM {_record_set([meta.pk, *fields])} WHERE {meta.db_table}.{meta.pk.column} = anew.{meta.pk.column}",
            [_text(objects, [meta.pk, *fields])],
        )


def _record_set(fields) -> str:
    columns = ", ".join(f'"{field.column}" {field.rel_db_type(connection)}' for field in fields)
    return f"json_to_recordset(%s) AS anew({columns})"


def _text(objects, fields) -> str:
    """Datetimes to the microsecond, which Django's encoder would cut to milliseconds; it is left those inside JSON."""
    rows = [{field.column: _plain(getattr(one, field.attname)) for field in fields} for one in objects]
    return json.dumps(rows, cls=DjangoJSONEncoder)


def _plain(value):
    return value.isoformat() if isinstance(value, datetime) else value
