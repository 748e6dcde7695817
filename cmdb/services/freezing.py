"""Baselines: how an item, or all it needs as well, stood at a moment."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Baseline
from cmdb.selectors import baselines
from cmdb.services import keeping
from core import clock
from core.errors import InvalidInput, NotAllowed


@transaction.atomic
def take_baseline(item, *, actor, name, is_whole=False):
    """Freeze the item, with everything it needs if `is_whole`; publishes `item.frozen` and returns the baseline."""
    if actor is not None and not rules.keeps_items(actor):
        raise NotAllowed()
    if not name.strip():
        raise InvalidInput({"name": [_("Give it a name.")]})
    item = keeping.lock(item)
    content = baselines.content_of(item, is_whole=is_whole)
    baseline = Baseline.objects.create(
        item_id=item.pk, name=name.strip()[:120], is_whole=is_whole, taken_at=clock.recorded_now(), taken_by=actor,
        content=content,
    )  # fmt: skip
    keeping.changed(item, "frozen", actor, baseline=baseline.pk, called=baseline.name)
    return baseline
