"""Owners confirm their records: campaigns are opened, answered, remembered and closed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Attestation, Campaign, ConfigurationItem, ItemClass
from cmdb.services import keeping
from cmdb.services.keeping import dispute_item, verify_item
from cmdb.vocabulary import Trust
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events

REMIND_EVERY = timedelta(days=3)
AT_ONCE = 1000


@transaction.atomic
def open_campaign(*, actor, name, due_on, item_classes=(), only_unsure=False):
    """Ask the owners of items in use to confirm them until `due_on`; publishes `attestation.opened`.

    Of the classes `item_classes` (short names; those below count as well), else of all; `only_unsure` passes over
    what is verified. Only items that the actor sees and that have an owner who can answer. Raises NotAllowed,
    InvalidInput.
    """
    _require_manager(actor)
    if due_on < timezone.localtime(clock.now()).date():
        raise InvalidInput({"due_on": [_("This day is over.")]})
    if not (name := clean_text(name)[:120]):
        raise InvalidInput({"name": [_("Give it a name.")]})
    items = ConfigurationItem.objects.visible_to(actor).in_use().with_trust().filter(owner__is_active=True)
    if item_classes:
        items = items.filter(item_class__in={below for slug in item_classes for below in ItemClass.below(slug)})
    if only_unsure:
        items = items.exclude(trusted=Trust.VERIFIED)
    campaign = Campaign.objects.create(
        name=name, due_on=due_on, item_classes=list(item_classes), opened_at=clock.recorded_now(), opened_by=actor
    )
    asked = [Attestation(campaign=campaign, item_id=pk) for pk in items.order_by("slug").values_list("pk", flat=True)]
    if not asked:
        raise InvalidInput({"item_classes": [_("There is nothing to confirm: no such item has an owner.")]})
    Attestation.objects.bulk_create(asked, AT_ONCE)
    _publish(campaign, "opened", actor, count=len(asked))
    return campaign


@transaction.atomic
def confirm_records(attestations, *, actor) -> int:
    """These records are right: each is verified (`item.verified`). What was answered meanwhile is passed over.

    Returns how many. Raises NotAllowed: one of them is not the actor's to answer for.
    """
    return sum(_answered(one, actor, Attestation.Answer.RIGHT, _confirm) for one in attestations)


@transaction.atomic
def object_to_record(attestation, *, actor, why) -> bool:
    """Something of this record is wrong: it is disputed (`item.disputed`). False: it was answered meanwhile."""
    return _answered(attestation, actor, Attestation.Answer.WRONG, lambda one, who: dispute_item(
        one.item, actor=who, why=why))  # fmt: skip


@transaction.atomic
def hand_over_record(attestation, *, actor, to, why="") -> bool:
    """The item is somebody else's: `to` owns it from now on (`item.edited`) and is asked instead of the actor.

    Publishes `attestation.handed_over`, upon which `to` is told. False: it was answered meanwhile. Raises NotAllowed,
    InvalidInput: nobody who can answer, or who is asked already.
    """
    campaign, one = _open(attestation)
    if one is None:
        return False
    item = keeping.lock(one.item)
    if not (actor.is_active and (actor.pk == item.owner_id or rules.keeps_items(actor))):
        raise NotAllowed()
    if not to.is_active or to.pk == item.owner_id:
        raise InvalidInput({"person": [_("Choose somebody else who can answer.")]})
    before, item.owner, why = item.owner_id, to, clean_text(why)[:500]
    keeping.changed(item, "edited", actor, why=why, before={"owner": before}, after={"owner": to.pk})
    _publish(campaign, "handed_over", actor, item=item.pk, to=to.pk)
    return True


@transaction.atomic
def close_campaign(campaign, *, actor):
    """Nobody is asked any more; publishes `attestation.closed`. `actor` None: everything is answered."""
    if actor is not None:
        _require_manager(actor)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.closed_at:
        raise Refused(_("This campaign is closed already."))
    campaign.closed_at = clock.recorded_now()
    campaign.save(update_fields=["closed_at"])
    _publish(campaign, "closed", actor, owed=campaign.attestations.filter(answer="").count())


def remind_owners() -> int:
    """Remind the owners who still owe an answer, every REMIND_EVERY until their campaign is closed; returns how many
    campaigns. Publishes `attestation.reminded`."""
    since = clock.recorded_now() - REMIND_EVERY
    waiting = Campaign.objects.open().filter(opened_at__lte=since).exclude(reminded_at__gt=since)
    return sum(_remind(pk, since) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk, since) -> bool:
    campaign = Campaign.objects.select_for_update().get(pk=pk)
    if campaign.closed_at or (campaign.reminded_at and campaign.reminded_at > since):
        return False
    campaign.reminded_at = clock.recorded_now()
    campaign.save(update_fields=["reminded_at"])
    _publish(campaign, "reminded", None)
    return True


def _confirm(attestation, actor):
    verify_item(attestation.item, actor=actor, how=attestation.campaign.name)


def _answered(attestation, actor, answer, command) -> bool:
    """Answer once, then do what it means to the item. The last answer closes the campaign."""
    campaign, one = _open(attestation)
    if one is None:
        return False
    command(one, actor)
    one.answer, one.answered_at, one.answered_by = answer, clock.recorded_now(), actor
    one.save(update_fields=["answer", "answered_at", "answered_by"])
    if not campaign.attestations.filter(answer="").exists():
        close_campaign(campaign, actor=None)
    return True


def _open(attestation) -> tuple:
    """(campaign, attestation), the campaign locked; (campaign, None) when it was answered, merged away or closed."""
    campaign = Campaign.objects.select_for_update().get(pk=attestation.campaign_id)
    one = Attestation.objects.select_related("item").filter(pk=attestation.pk, answer="").first()
    if campaign.closed_at or one is None:
        return campaign, None
    one.campaign = campaign
    return campaign, one


def _require_manager(actor):
    if not (actor.is_active and rules.runs_upkeep(actor)):
        raise NotAllowed()


def _publish(campaign, done, actor, **data):
    events.publish(f"attestation.{done}", subject=campaign, actor=actor, is_public=False, called=campaign.name, **data)
