"""Forgetting somebody across the apps: found from the models, so that a new one forgets from its first day.

A row that points to a person loses their identity in all its words; what is theirs alone is deleted (`GONE`); what
must stay as it is has a reason (`KEPT`). Both are in the module that `ROOT_ERASURECONF` names.
"""

from django.conf import settings
from django.db import connection
from django.db.models import CASCADE
from django.utils.module_loading import import_string

from core.personal import models_about, rows_of, texts_of

BATCH = 1000


def erase_everywhere(person, identity) -> None:
    """In this transaction, step by step; the database lets nothing but this change what was sealed as an answer."""
    _tell_database("on")
    for erase in _told("ERASERS"):
        erase(person, identity)
    _tell_database("off")


def erase_rows(person, identity) -> None:
    """What points to the person: deleted if it is theirs alone, otherwise without their identity."""
    gone = _told("GONE")
    for model in models_about(type(person)):
        if model._meta.label in gone:
            rows_of(model, person).delete()
        elif columns := columns_to_scrub(model):
            identity.scrub(rows_of(model, person), *columns)


def erase_records(root, person, identity) -> dict:
    """The records of kind `root` that the person had to do with, and all that is part of them (is deleted with them).

    Who only read or heard of a record had nothing to do with it: namesakes are safe there. Returns {model: keys} of
    what changed.
    """
    changed = {}
    theirs = sorted(records_of(root, person))
    for start in range(0, len(theirs), BATCH):
        keys = theirs[start : start + BATCH]
        for model, path in parts_of(root):
            if columns := columns_to_scrub(model):
                rows = model._base_manager.filter(**{path: keys})
                changed.setdefault(model, set()).update(identity.scrub(rows, *columns))
    return changed


def records_of(root, person) -> set:
    """Keys of the records that point to the person, or of which a part does."""
    gone, found = _told("GONE"), set()
    for model in models_about(type(person)):
        if model._meta.label in gone:
            continue
        ways = ["pk"] if issubclass(model, root) else []
        for field in model._meta.concrete_fields:
            if field.is_relation and issubclass(field.related_model, root) and _is_part(field):
                ways.append(field.attname)
        for way in ways:
            found.update(rows_of(model, person).exclude(**{way: None}).values_list(way, flat=True))
    return found


def outlook(person) -> dict:
    """What forgetting them would do, by app: `gone` and `scrubbed` as [(app, rows)], `kept` as [(reason, apps)]."""
    told = {"gone": {}, "scrubbed": {}, "kept": {reason: {} for reason in _told("KEPT").values()}}
    for model in models_about(type(person)):
        rows = rows_of(model, person).values("pk").distinct().count() if texts_of(model) else 0
        if not rows:
            continue
        app, columns = model._meta.app_config.verbose_name, columns_to_scrub(model)
        is_gone = model._meta.label in _told("GONE")
        if is_gone or columns:
            counts = told["gone" if is_gone else "scrubbed"]
            counts[app] = counts.get(app, 0) + rows
        for name in () if is_gone else texts_of(model):
            if (reason := reason_to_keep(model, name)) is not None:
                told["kept"][reason][app] = True
    return {fate: [(what, said) for what, said in by.items() if said] for fate, by in told.items()}


def columns_to_scrub(model) -> list:
    """The columns of words that no reason keeps."""
    return [name for name in texts_of(model) if reason_to_keep(model, name) is None]


def reason_to_keep(model, column):
    """The reason in the table for the model, the column of it or columns of this name; None when there is none."""
    kept = _told("KEPT")
    return next(
        (kept[key] for key in (model._meta.label, f"{model._meta.label}.{column}", column) if key in kept), None
    )


def parts_of(root) -> list:
    """(model, its way to the keys of `root`), nearest first."""
    kept = _told("KEPT")
    found, seen = [(root, "pk__in")], set()
    for model, path in found:
        for relation in model._meta.related_objects:
            part, field = relation.related_model, relation.field
            if field not in seen and not relation.many_to_many and _is_part(field) and part._meta.label not in kept:
                seen.add(field)
                found.append((part, f"{field.name}__{path}"))
    return found


def _is_part(field) -> bool:
    return field.remote_field.on_delete is CASCADE


def _told(name):
    return import_string(f"{settings.ROOT_ERASURECONF}.{name}")


def _tell_database(answer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('itsm.erasing', %s, true)", [answer])
