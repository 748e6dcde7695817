"""Personal data across the apps: what points to a person, and which of its columns may tell of them."""

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import CharField, FileField, JSONField, Q, TextField
from django.utils.module_loading import import_string

from core.secrets import SecretField

# What would let its reader act as somebody, or says nothing to a person.
_SECRET = {"password", "digest", "token_digest", "session_key", "session_data", "search_keys", "fingerprint"}


def rows_about(person):
    """(label of the model, row, its files) of everything that points to a person, the person first.

    Found from the models themselves: a new model with a relation to people is part of every export from its first day.
    What is theirs by another way, a letter by its address, is named by its app (`RELATED` in `itsm/erasing.py`).
    """
    yield person._meta.label, row_of(person), []
    for model in models_about(type(person)):
        if not model._meta.auto_created:
            for found in rows_of(model, person).order_by("pk").distinct().iterator(chunk_size=500):
                yield model._meta.label, row_of(found), _files_of(found)
    for related in import_string(f"{settings.ROOT_ERASURECONF}.RELATED"):
        for rows in related(person):
            for found in rows.order_by("pk").iterator(chunk_size=500):
                yield rows.model._meta.label, row_of(found), _files_of(found)


def models_about(people) -> list:
    """Every model with a relation of its own to people."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if not model._meta.proxy and _relations(model, people)]


def rows_of(model, person):
    """Rows of `model` that point to the person by any of its relations; more than once, if by many-to-many."""
    theirs = Q()
    for field in _relations(model, type(person)):
        theirs |= Q(**{field.name: person})
    return model._base_manager.filter(theirs)


def texts_of(model) -> list:
    """Names of the columns, inherited ones too, into which somebody may have written anything."""
    return [field.name for field in model._meta.concrete_fields if _holds_words(field)]


def row_of(row) -> dict:
    """The columns of a row by name, without secrets and indexes; relations by key."""
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in _SECRET and not isinstance(field, SearchVectorField | SecretField | FileField)
    }


def _relations(model, people) -> list:
    return [
        field
        for field in model._meta.get_fields()
        if not field.auto_created
        and (field.many_to_one or field.one_to_one or field.many_to_many)
        and field.related_model is people
    ]


def _holds_words(field) -> bool:
    if field.name in _SECRET or field.primary_key or field.choices or isinstance(field, SecretField):
        return False
    kind = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(kind, CharField | TextField | JSONField) and not kind.choices


def _files_of(row) -> list:
    fields = [field for field in row._meta.concrete_fields if isinstance(field, FileField)]
    return [stored for field in fields if (stored := getattr(row, field.name))]
