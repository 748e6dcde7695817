"""Keeping prepared work: canned replies, macros, ticket templates, saved views."""

from django.db import transaction

from core.errors import NotAllowed
from core.text import clean_text
from tickets import placeholders

_WITH_PLACEHOLDERS = ("body_zh", "body_en", "description", "solution")


@transaction.atomic
def keep(prepared, *, actor, **values):
    """Save something prepared, new or changed, with these field values.

    Raises NotAllowed (somebody else's), InvalidInput (an unknown placeholder).
    """
    if prepared.pk is not None and not prepared.is_kept_by(actor):
        raise NotAllowed()
    for name, value in values.items():
        setattr(prepared, name, clean_text(value) if isinstance(value, str) else value)
    for name in _WITH_PLACEHOLDERS:
        placeholders.check(name, getattr(prepared, name, ""))
    if prepared.pk is None:
        prepared.owner = actor
    prepared.save()
    return prepared


@transaction.atomic
def discard(prepared, *, actor):
    """Delete it. Raises NotAllowed (somebody else's)."""
    if not prepared.is_kept_by(actor):
        raise NotAllowed()
    prepared.delete()
