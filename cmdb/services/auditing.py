"""Samples of records are drawn at random and checked, so that accuracy is known and not believed."""

import random
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Audit, ConfigurationItem, ItemClass, Sample
from cmdb.selectors import auditing
from cmdb.services.keeping import dispute_item, lock, verify_item
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events

LARGEST = 500


@transaction.atomic
def draw_sample(*, actor, name, size, item_classes=(), seed=None):
    """Draw `size` items in use that the actor sees, each as likely as any other; publishes `item-audit.drawn`.

    Of the classes `item_classes` (short names; those below count as well), else of all. The seed is kept: it draws
    the same sample from the same population again. Raises NotAllowed, InvalidInput.
    """
    if not (actor.is_active and rules.runs_upkeep(actor)):
        raise NotAllowed()
    if not (name := clean_text(name)[:120]):
        raise InvalidInput({"name": [_("Give it a name.")]})
    if not 1 <= size <= LARGEST:
        raise InvalidInput({"size": [_("From 1 to %(most)s.") % {"most": LARGEST}]})
    items = ConfigurationItem.objects.visible_to(actor).in_use()
    if item_classes:
        items = items.filter(item_class__in={below for slug in item_classes for below in ItemClass.below(slug)})
    keys = list(items.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise InvalidInput({"item_classes": [_("There are no items in use that you may see.")]})
    seed = secrets.randbits(48) if seed is None else seed
    audit = Audit.objects.create(
        name=name, item_classes=list(item_classes), population=len(keys), seed=seed, drawn_at=clock.recorded_now(),
        drawn_by=actor,
    )  # fmt: skip
    drawn = random.Random(seed).sample(keys, min(size, len(keys)))
    Sample.objects.bulk_create(Sample(audit=audit, item_id=pk) for pk in drawn)
    events.publish(
        "item-audit.drawn", subject=audit, actor=actor, is_public=False, called=name, size=len(drawn), seed=seed,
        population=len(keys),
    )  # fmt: skip
    return audit


@transaction.atomic
def check_record(sample, *, actor, findings):
    """Write down what was found: {fact: "" where it is right, else what is wrong}, for every fact of the record.

    All right: the item is verified; something wrong: it is disputed. Publishes `item-audit.checked`. Raises NotAllowed,
    Refused (checked meanwhile), InvalidInput (a fact is missing or unknown).
    """
    if not (actor.is_active and rules.keeps_items(actor)):
        raise NotAllowed()
    sample = Sample.objects.select_for_update(of=("self",)).select_related("audit").get(pk=sample.pk)
    if sample.checked_at:
        raise Refused(_("This record was checked meanwhile."))
    item = lock(sample.item)
    names = {key: name for key, name, _words in auditing.facts_to_check(actor, item)}
    if findings.keys() != names.keys():
        raise InvalidInput({"findings": [_("The record changed meanwhile. Look at it again.")]})
    sample.findings = {key: clean_text(note)[:200] for key, note in findings.items()}
    sample.checked_at, sample.checked_by = clock.recorded_now(), actor
    sample.save(update_fields=["findings", "checked_at", "checked_by"])
    wrong = [f"{names[key]}: {note}" for key, note in sample.findings.items() if note]
    if wrong:
        dispute_item(item, actor=actor, why="; ".join(wrong)[:500])
    else:
        verify_item(item, actor=actor, how=sample.audit.name)
    events.publish(
        "item-audit.checked", subject=sample.audit, actor=actor, is_public=False, item=item.pk, wrong=len(wrong)
    )  # fmt: skip
    return sample
