"""Many rows of one table in one statement, for what is written by the thousand.

`bulk_create` and `bulk_update` prepare every value of every object one by one, which costs several times what
PostgreSQL needs for the row. Here one JSON text carries all of them, or, where not even objects are wanted, one
array a column. It is for numbers, text, booleans, aware datetimes, JSON and keys of other rows; fields of other kinds
belong to `bulk_create`.
"""

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models.expressions import RawSQL


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


def insert_columns(model, columns) -> list[int]:
    """Insert rows without making objects of them; returns their keys in the order given.

    `columns` maps a column to a list with a value for each row, or to the one value of all. What is left out must be
    the database's to fill in.
    """
    # a length would cut what is too long; without it the column refuses
    types = {field.column: field.rel_db_type(connection).partition("(")[0] for field in model._meta.concrete_fields}
    many = {name: values for name, values in columns.items() if isinstance(values, list)}
    one = {name: value for name, value in columns.items() if name not in many}
    names = ", ".join(f'"{name}"' for name in (*many, *one))
    values = ", ".join([*(f'anew."{name}"' for name in many), *(f"%s::{types[name]}" for name in one)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {_side_by_side(many, types)} "
            f"RETURNING {model._meta.pk.column}",
            [*one.values(), *(_list(values, types[name]) for name, values in many.items())],
        )
        return [key for (key,) in cursor.fetchall()]


def _side_by_side(names, types) -> str:
    """Lists as the columns of one table, `anew`."""
    as_json = "jsonb_array_elements(%s::jsonb)"
    lists = ", ".join(as_json if types[name] == "jsonb" else f"unnest(%s::{types[name]}[])" for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    return f"ROWS FROM ({lists}) AS anew({columns})"


def _list(values, kind) -> str:
    return json.dumps(values, cls=DjangoJSONEncoder) if kind == "jsonb" else array(values)


def array(values) -> str:
    """A PostgreSQL array as text, to be cast: read in one go, where a list of constants is parsed one by one."""
    return f"{{{','.join(map(_element, values))}}}"


def keys(pks) -> RawSQL:
    """Many keys for an `__in`, as one parameter: Django and PostgreSQL take longer over a list of thousands."""
    return RawSQL("SELECT unnest(%s::bigint[])", [array(pks)])


def _element(value) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, datetime):
        return value.isoformat()
    return "NULL" if value is None else str(value)


def update(objects, names) -> None:
    """Save the columns `names` of objects of one model that exist already; without either there is nothing to do."""
    if not objects or not names:
        return
    meta = objects[0]._meta
    fields = [field for field in meta.concrete_fields if field.column in names]
    types = {field.column: field.rel_db_type(connection) for field in (meta.pk, *fields)}
    columns = [f'"{field.column}"' for field in fields]
    lists = [[getattr(one, field.attname) for one in objects] for field in (meta.pk, *fields)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {meta.db_table} SET ({', '.join(columns)}) = ROW({', '.join(f'anew.{name}' for name in columns)}) "
            f"FROM {_side_by_side(types, types)} WHERE {meta.db_table}.{meta.pk.column} = anew.{meta.pk.column}",
            [_list(values, kind) for values, kind in zip(lists, types.values(), strict=True)],
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
