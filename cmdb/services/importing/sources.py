"""Sources are kept: what their columns mean, whom they may correct, with which token their agents sign in."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.selectors import digest_of
from cmdb import rules, targets
from cmdb.models import RelationType, Source
from cmdb.vocabulary import SourceKind
from core import clock
from core.errors import InvalidInput, NotAllowed
from events import services as events

# What tells machines apart, the surest first; only those that the class has.
_IDENTIFYING = ("system_uuid", "serial_number", "asset_tag", "mac_address")


@transaction.atomic
def keep_source(source, *, actor, **facts):
    """Store a source, new or changed; publishes `source.kept`. Raises NotAllowed, InvalidInput.

    A new one without rules gets the usual ones. New sources of files may be made by whoever keeps items; to say what
    counts how much, and to let agents in, is for those who keep classes.
    """
    is_new_file = source.pk is None and facts.get("kind", source.kind) == SourceKind.FILE
    if not (actor.is_active and (rules.keeps_classes(actor) or (is_new_file and rules.keeps_items(actor)))):
        raise NotAllowed()
    for name, value in facts.items():
        setattr(source, name, value)
    _check(source, actor)
    if not source.rules:
        source.rules = usual_rules(source)
    if source.pk is None and source.kind == SourceKind.AGENT and not source.ranks:
        # what people call a machine stands; its host name is only a beginning
        source.ranks = {"name_en": 10}
    source.save()
    events.publish("source.kept", subject=source, actor=actor, is_public=False, slug=source.slug, rank=source.rank,
                   ranks=source.ranks, rules=source.rules)  # fmt: skip
    return source


def _check(source, actor):
    problems = {}
    if source.item_class.is_abstract or source.item_class.family == "service":
        problems["item_class"] = [_("Items of this class are not imported: choose another one.")]
    if not (source.name_zh or source.name_en):
        problems["name_zh"] = [_("Give it a name in at least one language.")]
    if Source.objects.filter(slug=source.slug).exclude(pk=source.pk).exists():
        problems["slug"] = [_("This short name is taken.")]
    organisation = source.organisation_id
    if organisation and not (actor.sees_everything or organisation in actor.served_organisation_ids):
        problems["organisation"] = [_("You do not serve this organisation.")]
    if problems:
        raise InvalidInput(problems)


def usual_rules(source) -> list:
    """How items of a class are told apart unless somebody says otherwise."""
    known = {one.key for one in source.item_class.all_attributes() if one.retired_at is None}
    return [[f"value_{key}"] for key in _IDENTIFYING if key in known] + [["slug"]]


def known_targets(source) -> dict:
    """{target: its name} of all that a column of this source can mean."""
    asked = [one for one in source.item_class.all_attributes() if one.retired_at is None]
    return targets.labels(asked, RelationType.objects.all())


@transaction.atomic
def renew_token(source, *, actor) -> str:
    """A new token for the agents of a source; the one before ends. It can never be read again.

    Publishes `source.token_made`, without the token.
    """
    source = _of_agents(source, actor)
    secret = secrets.token_urlsafe(32)
    source.token_digest, source.token_made_at = digest_of(secret), clock.recorded_now()
    source.save(update_fields=["token_digest", "token_made_at"])
    events.publish("source.token_made", subject=source, actor=actor, is_public=False, slug=source.slug)
    return secret


@transaction.atomic
def revoke_token(source, *, actor):
    """Agents of this source are let in no more; publishes `source.token_revoked`."""
    source = _of_agents(source, actor)
    source.token_digest, source.token_made_at = "", None
    source.save(update_fields=["token_digest", "token_made_at"])
    events.publish("source.token_revoked", subject=source, actor=actor, is_public=False, slug=source.slug)
    return source


def _of_agents(source, actor):
    if not (actor.is_active and rules.keeps_classes(actor)):
        raise NotAllowed()
    if source.kind != SourceKind.AGENT:
        raise InvalidInput({"kind": [_("Only agents have a token.")]})
    return Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
