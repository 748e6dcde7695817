"""Classes, their attributes and the verbs of relations, kept by managers without code."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Attribute, ConfigurationItem, ItemClass, Relation
from cmdb.services.relating import ends
from cmdb.vocabulary import Impact
from core import clock
from core.errors import InvalidInput, NotAllowed
from events import services as events


@transaction.atomic
def keep_class(item_class, *, actor, **facts):
    """Store a class, new or changed; publishes `item-class.kept`. Raises NotAllowed, InvalidInput (a ring)."""
    _require(actor)
    for name, value in facts.items():
        setattr(item_class, name, value)
    if item_class.pk and item_class.parent_id and item_class.parent.slug in ItemClass.below(item_class.slug):
        raise InvalidInput({"parent": [_("A class cannot stand below itself.")]})
    item_class.save()
    events.publish("item-class.kept", subject=item_class, actor=actor, is_public=False, slug=item_class.slug)
    return item_class


@transaction.atomic
def add_attribute(item_class, *, actor, attribute=None, **facts):
    """Add an attribute, change one, or bring a retired one back; publishes `item-class.described`.

    A key is used once along a line of classes. Its kind stays while items hold values. Raises NotAllowed, InvalidInput.
    """
    _require(actor)
    ItemClass.objects.select_for_update().get(pk=item_class.pk)
    attribute = attribute or Attribute(item_class=item_class)
    key = facts.get("key", attribute.key)
    line = [*(one.slug for one in item_class.line()), *ItemClass.below(item_class.slug)]
    if Attribute.objects.filter(item_class__slug__in=line, key=key).exclude(pk=attribute.pk).exists():
        raise InvalidInput({"key": [_("This class, one above or one below it has an attribute with this key.")]})
    if attribute.pk and facts.get("kind", attribute.kind) != attribute.kind and holders(attribute).exists():
        raise InvalidInput({"kind": [_("Items hold values of this kind already.")]})
    for name, value in facts.items():
        setattr(attribute, name, value)
    attribute.retired_at = None
    attribute.save()
    events.publish("item-class.described", subject=item_class, actor=actor, is_public=False, key=attribute.key)
    return attribute


@transaction.atomic
def remove_attribute(attribute, *, actor) -> bool:
    """Take an attribute away. While items hold values it is retired instead: they keep them, shown as former.

    Publishes `item-class.described`. Returns whether it was only retired.
    """
    _require(actor)
    ItemClass.objects.select_for_update().get(pk=attribute.item_class_id)
    is_used = holders(attribute).exists()
    events.publish(
        "item-class.described", subject=attribute.item_class, actor=actor, is_public=False, key=attribute.key,
        done="retired" if is_used else "removed",
    )  # fmt: skip
    if is_used:
        attribute.retired_at = clock.recorded_now()
        attribute.save(update_fields=["retired_at"])
    else:
        attribute.delete()
    return is_used


@transaction.atomic
def keep_relation_type(relation_type, *, actor, **facts):
    """Store a verb; publishes `relation-type.kept`. A changed impact turns every relation of this type at once."""
    _require(actor)
    for name, value in facts.items():
        setattr(relation_type, name, value)
    relation_type.save()
    provider, dependant = ends(relation_type.impact, F("source"), F("target"))
    own = Relation.objects.filter(relation_type=relation_type)
    own.update(provider=provider, dependant=dependant)
    if relation_type.impact == Impact.NONE:
        own.update(group=None)
    events.publish("relation-type.kept", subject=relation_type, actor=actor, is_public=False, slug=relation_type.slug)
    return relation_type


def holders(attribute):
    """The items that hold a value of an attribute."""
    classes = ItemClass.below(attribute.item_class.slug)
    return ConfigurationItem.objects.filter(item_class__in=classes, values__has_key=attribute.key)


def _require(actor):
    if not (actor.is_active and rules.keeps_classes(actor)):
        raise NotAllowed()
