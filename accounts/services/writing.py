"""What every command here does first and last: may the actor, are the values sound, what changed."""

from django.core.exceptions import ValidationError

from core.errors import InvalidInput, NotAllowed
from core.text import clean_text


def require_administrator(actor):
    """Refuse anybody but an active administrator. `None` is the system itself: a command, a demo, an import."""
    if actor is not None and not (actor.is_active and actor.sees_everything):
        raise NotAllowed()


def checked(instance, *, exclude=()):
    """Validate like a form would, unique values included; raises InvalidInput by field."""
    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        raise InvalidInput(_by_field(error)) from None
    return instance


def _by_field(error):
    """Constraint messages belong to no field; the reader is told them under the field they are about."""
    fields = {}
    for name, messages in error.message_dict.items():
        for message in messages:
            fields.setdefault("" if name == "__all__" else name, []).append(message)
    return fields


def apply(instance, values, allowed) -> dict:
    """Set `values` on the instance; returns {field: [before, after]} of what differs, ready for the ledger."""
    unknown = sorted(set(values) - set(allowed))
    if unknown:
        raise TypeError(f"{type(instance).__name__} takes no {', '.join(unknown)} here")
    changes = {}
    for name, value in values.items():
        value = clean_text(value) if isinstance(value, str) else value
        before = getattr(instance, name, None)
        if before != value:
            changes[name] = [_plain(before), _plain(value)]
            setattr(instance, name, value)
    return changes


def _plain(value):
    return value.pk if hasattr(value, "pk") else value
