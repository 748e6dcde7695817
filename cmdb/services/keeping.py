"""Items are written: made, edited, moved through their life, verified, disputed."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cmdb import attributes, rules
from cmdb.models import ConfigurationItem, Relation, Service
from cmdb.services import unique
from cmdb.workflow import IN_SERVICE, ITEM, OVER
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from core.text import clean_text
from events import selectors as ledger
from events import services as events

# What may be written beside the attributes.
FACTS = (
    "name_zh", "name_en", "owner", "used_by", "support_team", "criticality", "environment", "location", "organisation",
    "standalone",
)  # fmt: skip


@transaction.atomic
def create_item(*, actor, item_class, slug, values=None, state="planned", origin="manual", **facts):
    """Make an item; publishes `item.created` and returns it. An item of the class of services becomes a Service.

    `values` are its attributes by key, `origin` says where the record comes from. Raises NotAllowed, InvalidInput.
    """
    _require_keeper(actor)
    if item_class.is_abstract:
        raise InvalidInput({"item_class": [_("This class only groups others: choose one below it.")]})
    model = Service if item_class.family == "service" else ConfigurationItem
    made = {"is_offered": False} if model is Service else {}
    item = model(item_class=item_class, slug=slug, state=state, is_active=state not in OVER, **made)
    if unique.slug_taken(slug):
        raise InvalidInput({"slug": [_("There is an item with this short name already.")]})
    _write(item, facts, values or {}, actor)
    item.save()
    told = {name: _told(getattr(item, name)) for name in facts}
    _publish(item, "created", actor, origin=origin, after=told | {"values": item.values, "state": item.state})
    return item


@transaction.atomic
def edit_item(item, *, actor, values=None, version=None, why="", origin="manual", **facts):
    """Write facts and attributes; publishes `item.edited` with what changed, before and after. Nothing: no event.

    Raises Stale (somebody wrote since `version`), NotAllowed, InvalidInput.
    """
    item = lock(item, version=version)
    _require_keeper(actor)
    before = {name: _told(getattr(item, name)) for name in FACTS} | item.values
    _write(item, facts, values or {}, actor)
    after = {name: _told(getattr(item, name)) for name in FACTS} | item.values
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    if changed:
        _save(item)
        _publish(
            item, "edited", actor, origin=origin, why=clean_text(why)[:500],
            before={name: before.get(name) for name in changed}, after={name: after.get(name) for name in changed},
        )  # fmt: skip
    return item


@transaction.atomic
def take_step(item, name, *, actor, values=None, version=None, origin="manual"):
    """Take one arrow of the life cycle; publishes `item.<done>`. Raises Stale, InvalidInput, NotAllowed, Refused.

    Retiring what something live depends on needs an acceptance that names exactly these dependants.
    """
    values = values or {}
    item = lock(item, version=version)
    step = ITEM.check(name, actor, item, values)
    told = {key: clean_text(value) for key, value in values.items() if value}
    if step.target.key in OVER and item.state not in OVER:
        told["accepted"] = _accepted(item, told.get("accepted", ""))
    before, item.state = item.state, step.target.key
    item.is_active = item.state not in OVER
    _save(item)
    _publish(item, step.done, actor, origin=origin, values=told, before={"state": before}, after={"state": item.state})
    return item


def live_dependants(item):
    """Items in service that fail, or lose a part of their redundancy, without this one."""
    dependants = ConfigurationItem.objects.filter(pk__in=Relation.objects.filter(provider=item.pk).values("dependant"))
    return dependants.filter(state__in=IN_SERVICE).order_by("slug")


def _accepted(item, text):
    owed = list(live_dependants(item).values_list("slug", flat=True))
    given = sorted({word.strip() for word in text.split(",") if word.strip()})
    if given == owed:
        return owed
    names = ", ".join(owed[:20]) + (" …" if len(owed) > 20 else "")
    raise Refused(
        ngettext(
            "%(count)s live item depends on it: %(names)s. Move it away first, or accept that it loses this one.",
            "%(count)s live items depend on it: %(names)s. Move them away first, or accept that they lose this one.",
            len(owed),
        ) % {"count": len(owed), "names": names or "–"}
    )  # fmt: skip


@transaction.atomic
def verify_item(item, *, actor, how, version=None, at=None):
    """Somebody (or a source, with `actor` None) saw that the record is right; publishes `item.verified`.

    Ends a dispute. `how` says what was looked at.
    """
    item = lock(item, version=version)
    _require_keeper(actor, owner=item.owner_id)
    if not (how := clean_text(how)[:200]):
        raise InvalidInput({"how": [_("Say how you know.")]})
    item.verified_at, item.verified_by, item.verified_how = at or clock.recorded_now(), actor, how
    item.disputed_at, item.dispute, item.disputed_in = None, "", ""
    _save(item)
    _publish(item, "verified", actor, how=how)
    return item


@transaction.atomic
def dispute_item(item, *, actor, why, version=None, ticket=""):
    """The record is said to be wrong; publishes `item.disputed`. It stays so until somebody verifies it.

    `ticket` is the number of the ticket on which it was noticed.
    """
    item = lock(item, version=version)
    _require_keeper(actor, owner=item.owner_id)
    if not (why := clean_text(why)[:500]):
        raise InvalidInput({"why": [_("Say what is wrong.")]})
    item.disputed_at, item.dispute, item.disputed_in = clock.recorded_now(), why, ticket
    _save(item)
    _publish(item, "disputed", actor, why=why, ticket=ticket)
    return item


def lock(item, *, version=None):
    """The item, locked until the transaction ends. Raises Stale with the ledger's events since `version`, Refused for a
    record that was merged into another."""
    locked = _lockable().get(pk=item.pk)
    _refuse_overtaken(locked, version)
    return locked


def lock_both(one, other, *, versions=(None, None)):
    """Both items, locked in the order of their keys, so that two people never wait for each other. Raises as `lock`."""
    found = {row.pk: row for row in _lockable().filter(pk__in=[one.pk, other.pk]).order_by("pk")}
    both = found[one.pk], found[other.pk]
    for locked, version in zip(both, versions, strict=True):
        _refuse_overtaken(locked, version)
    return both


def _lockable():
    # `merged_into` must not be joined: whoever waited for the lock would read the pointer of before the wait.
    return ConfigurationItem.objects.select_for_update(of=("self",)).select_related("item_class")


def _refuse_overtaken(item, version):
    if item.merged_into_id is not None:
        told = {"name": item.name, "other": f"{item.merged_into.name} ({item.merged_into.slug})"}
        raise Refused(_("“%(name)s” was merged into “%(other)s”: write there.") % told)
    if version is not None and version != item.version:
        raise Stale(current=item.version, changes=ledger.since(item, version))


def changed(item, done, actor, **data):
    """Count a change to a locked item and publish `item.<done>`."""
    _save(item)
    _publish(item, done, actor, **data)


def _require_keeper(actor, *, owner=None):
    """`actor` None is the system: an import or a source. Owners speak about what is theirs."""
    if actor is not None and not (actor.is_active and (rules.keeps_items(actor) or actor.pk == owner)):
        raise NotAllowed()


def _write(item, facts, values, actor):
    problems = {name: [_("This cannot be written.")] for name in facts if name not in FACTS}
    for name, value in facts.items():
        setattr(item, name, clean_text(value) if isinstance(value, str) else value)
    if not (item.name_zh or item.name_en):
        problems["name_zh"] = [_("Give it a name in at least one language.")]
    if actor is not None and item.organisation_id and not _serves(actor, item.organisation_id):
        problems["organisation"] = [_("You do not serve this organisation.")]
    asked = item.item_class.all_attributes()
    item.values, unfit = attributes.checked_all(asked, values, before=item.values)
    problems |= {f"value_{key}": words for key, words in unfit.items()}
    problems |= _missing_references(asked, values, item.values)
    problems |= unique.taken(item, [one for one in asked if one.is_unique and one.key in values])
    if problems:
        raise InvalidInput(problems)
    item.findable = attributes.findable(asked, item.values)


def _serves(actor, organisation):
    return actor.sees_everything or organisation in actor.served_organisation_ids


def _missing_references(asked, given, values):
    """Items and people that an attribute names must exist."""
    problems = {}
    for one in asked:
        if one.key not in given or one.key not in values or one.kind not in ("item", "person"):
            continue
        rows = ConfigurationItem.objects.filter(slug=values[one.key]) if one.kind == "item" else None
        rows = User.objects.filter(username=values[one.key]) if rows is None else rows
        if not rows.exists():
            problems[f"value_{one.key}"] = [_("There is nothing of this name.")]
    return problems


def _save(item):
    item.version += 1
    item.save()


def _told(value):
    return value.pk if isinstance(value, models.Model) else value


def _publish(item, name, actor, **data):
    return events.publish(
        f"item.{name}",
        subject=item,
        actor=actor,
        at=clock.recorded_now(),
        is_public=False,
        version=item.version,
        **data,
    )
