"""What belongs to an item that was merged moves to the one that is left."""

from django.db.models import Exists, OuterRef, Q, UniqueConstraint
from django.db.models.lookups import IsNull

from cmdb.models import (
    Attestation,
    Baseline,
    Claim,
    ConfigurationItem,
    Duplicate,
    ImportLine,
    RedundancyGroup,
    Relation,
    Sample,
    Service,
)

# These are told one by one below, or say something of that one record: what was frozen, read, compared.
APART = (Baseline, Claim, Duplicate, ImportLine, RedundancyGroup, Relation)
# Only what is still to be said moves; what was said was said of the record that is gone.
WAITING = {Attestation: Q(answer=""), Sample: Q(checked_at=None)}


def move_references(gone, survivor) -> None:
    """Every row of every app that names `gone` by a foreign key names `survivor`, but those in APART.

    What would stand twice then (a ticket that names both) stays behind in tables of its own and goes in mere lists.
    A bounded number of statements, however many rows there are.
    """
    ConfigurationItem.objects.filter(pk=survivor.pk, location=gone.pk).update(location=None)
    for field in references():
        rows = field.model._base_manager.filter(**{field.name: gone.pk})
        moving = rows.filter(WAITING.get(field.model, Q()))
        for others, condition in _unique_with(field):
            there = field.model._base_manager.filter(condition, **{field.name: survivor.pk})
            for other in others:
                there = there.filter(_same(other))
            moving = moving.exclude(condition & Exists(there))
        moving.update(**{field.name: survivor.pk})
        if field.model._meta.auto_created:
            rows.delete()


def references() -> list:
    """The foreign keys to items and services that move with a merge, of all apps."""
    every = [one for model in (ConfigurationItem, Service) for one in model._meta.get_fields(include_hidden=True)]
    pointing = [one for one in every if one.auto_created and not one.concrete and one.one_to_many]
    return list(dict.fromkeys(one.field for one in pointing if one.related_model not in APART))


def move_relations(gone, survivor) -> None:
    """Relations and the groups they stand in. What the survivor has already, and what joined the two, goes."""
    ends = {gone.pk, survivor.pk}
    Relation.objects.filter(source__in=ends, target__in=ends).delete()
    for near, far in (("source", "target"), ("target", "source")):
        same = {near: survivor.pk, far: OuterRef(far), "relation_type": OuterRef("relation_type")}
        Relation.objects.filter(Exists(Relation.objects.filter(**same)), **{near: gone.pk}).delete()
    names = dict(RedundancyGroup.objects.filter(dependant=survivor.pk).values_list("name", "pk"))
    for group in RedundancyGroup.objects.filter(dependant=gone.pk, name__in=names):
        group.relations.update(group=names[group.name])
    RedundancyGroup.objects.filter(dependant=gone.pk).exclude(name__in=names).update(dependant=survivor.pk)
    for end in ("source", "target", "provider", "dependant"):
        Relation.objects.filter(**{end: gone.pk}).update(**{end: survivor.pk})
    RedundancyGroup.objects.filter(dependant__in=ends, relations=None).delete()


def move_claims(gone, survivor) -> None:
    """What sources say of the gone one they say of the survivor, under the number they know it by.

    Of a source that knows both, what it says of the survivor stands; its number of the gone one is given up, and the
    rules of the source find the survivor instead.
    """
    known = Claim.objects.filter(item=survivor.pk).values_list("source", flat=True)
    moving = Claim.objects.filter(item=gone.pk).exclude(source=None)
    moving.exclude(source__in=[one for one in known if one]).update(item=survivor.pk, disputed_at=None)
    Claim.objects.filter(item=gone.pk).delete()


def _unique_with(field) -> list[tuple[tuple, Q]]:
    """For each rule of uniqueness that a foreign key is part of, the other columns of that rule and for which rows it
    holds (all: Q())."""
    meta = field.model._meta
    rules = [(one.fields, one.condition or Q()) for one in meta.constraints if isinstance(one, UniqueConstraint)]
    rules += [(names, Q()) for names in meta.unique_together]
    return [(tuple(one for one in names if one != field.name), which) for names, which in rules if field.name in names]


def _same(column) -> Q:
    """A row has the value of the outer row, or both have none: two without a person are one to some rules, and where
    they are two nothing but a second row of the same is left behind."""
    return Q(**{column: OuterRef(column)}) | Q(**{f"{column}__isnull": True}) & Q(IsNull(OuterRef(column), True))
