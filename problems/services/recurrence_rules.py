"""The rules by which recurrences are looked for, as the process owner writes them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from events import services as events
from problems import rules

WRITTEN = (
    "basis", "position", "incidents", "days", "likeness", "factor", "weight", "weight_grave", "weight_change",
    "is_active",
)  # fmt: skip


@transaction.atomic
def keep_rule(rule, *, actor, left_out=None, **values):
    """Store a rule, new or changed; publishes `recurrence_rule.kept`. What is left out of `values` stays.

    It holds for incidents that come from now on, and in the next sweep. Raises NotAllowed, InvalidInput.
    """
    if not rules.keeps_recurrence_rules(actor):
        raise NotAllowed()
    for name in ("name_zh", "name_en"):
        setattr(rule, name, clean_text(values.get(name, getattr(rule, name))))
    for name in WRITTEN:
        setattr(rule, name, values.get(name, getattr(rule, name)))
    faults = {} if rule.name_zh or rule.name_en else {"name_zh": [_("Give it a name in one language at least.")]}
    try:
        rule.clean_fields(exclude=["name_zh", "name_en"])
    except ValidationError as error:
        faults |= error.message_dict
    if faults:
        raise InvalidInput(faults)
    rule.save()
    if left_out is not None:
        rule.left_out.set(left_out)
    events.publish("recurrence_rule.kept", subject=rule, actor=actor, is_public=False, is_active=rule.is_active)
    return rule
