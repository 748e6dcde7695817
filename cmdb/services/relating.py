"""Relations between items, and the groups of which some are enough."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import RedundancyGroup, Relation
from cmdb.services import keeping
from cmdb.vocabulary import Impact
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused


@transaction.atomic
def relate(source, target, relation_type, *, actor, group="", needed=None, origin="manual"):
    """Say that `source` <verb> `target`; publishes `item.related` on both and returns the relation.

    With a `group` name the dependant needs only `needed` of all providers of that group. Raises InvalidInput for an
    item with itself, Refused for what stands already, NotAllowed.
    """
    _require(actor)
    if source.pk == target.pk:
        raise InvalidInput({"target": [_("An item cannot be related to itself.")]})
    source, target = keeping.lock_both(source, target)
    if Relation.objects.filter(source=source.pk, target=target.pk, relation_type=relation_type).exists():
        raise Refused(_("These two are related in this way already."))
    provider, dependant = ends(relation_type.impact, source.pk, target.pk)
    relation = Relation.objects.create(
        source_id=source.pk, target_id=target.pk, relation_type=relation_type, provider_id=provider,
        dependant_id=dependant, group=_group(dependant, group, needed), origin=origin, created_at=clock.recorded_now(),
    )  # fmt: skip
    _tell(relation, source, target, "related", actor, origin)
    return relation


@transaction.atomic
def unrelate(relation, *, actor, origin="manual"):
    """Take a relation away; publishes `item.unrelated` on both. A group without members goes with it."""
    _require(actor)
    source, target = keeping.lock_both(relation.source, relation.target)
    _tell(relation, source, target, "unrelated", actor, origin)
    group = relation.group
    relation.delete()
    if group is not None and not group.relations.exists():
        group.delete()


def ends(impact, source_id, target_id) -> tuple:
    """(who provides, who depends) of a relation with this impact; both None where neither hits the other."""
    return {
        Impact.FORWARD: (source_id, target_id),
        Impact.REVERSE: (target_id, source_id),
        Impact.NONE: (None, None),
    }[Impact(impact)]


def _group(dependant, name, needed):
    if not name:
        return None
    if dependant is None:
        raise InvalidInput({"group": [_("Only relations along which failures travel can be redundant.")]})
    group, _is_new = RedundancyGroup.objects.get_or_create(dependant_id=dependant, name=name[:120])
    if needed is not None and needed != group.needed:
        if needed < 1:
            raise InvalidInput({"needed": [_("At least one is needed.")]})
        group.needed = needed
        group.save(update_fields=["needed"])
    return group


def _tell(relation, source, target, done, actor, origin):
    told = {"relation": relation.relation_type.slug, "source": source.slug, "target": target.slug}
    for item in (source, target):
        keeping.changed(item, done, actor, origin=origin, **told)


def _require(actor):
    if actor is not None and not (actor.is_active and rules.keeps_items(actor)):
        raise NotAllowed()
