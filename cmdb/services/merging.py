"""Two records of one thing become one."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Attestation, Campaign, Sample, Service
from cmdb.selectors.duplicates import comparison
from cmdb.services import keeping, moving
from cmdb.services.attesting import close_campaign
from cmdb.workflow import OVER, RETIRED
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text


@transaction.atomic
def merge_items(survivor, gone, *, actor, taken=None, versions=(None, None), why=""):
    """`gone` turns out to be the same thing as `survivor`, which takes over all that is known of it.

    `taken` names what of the gone record holds from now on ("owner", "value_serial_number"); left out, whatever the
    survivor leaves open. In order: lock the campaigns that ask about the gone one, then both items; refuse a pair that
    cannot be one; the gone one ends retired and points to the survivor; the survivor takes its values (`item.edited`);
    `item.merged` is published on the gone one, upon which other apps tell their own; relations, claims and whatever
    else refers to the gone one move; `item.absorbed` is published on the survivor, which is returned.
    Raises NotAllowed, Stale, InvalidInput, Refused.
    """
    if not (actor.is_active and rules.merges_items(actor)):
        raise NotAllowed()
    asking = Attestation.objects.filter(item=gone.pk, answer="").values("campaign")
    campaigns = list(Campaign.objects.open().select_for_update().filter(pk__in=asking).order_by("pk"))
    survivor, gone = keeping.lock_both(survivor, gone, versions=versions)
    _refuse_two_things(survivor, gone)
    given = _given(survivor, gone, taken, comparison(actor, survivor, gone))
    was, gone.state = gone.state, gone.state if gone.state in OVER else RETIRED.key
    gone.is_active, gone.merged_into = False, survivor
    gone.disputed_at, gone.dispute, gone.disputed_in = None, "", ""
    gone.save()
    gone.merged.update(merged_into=survivor)
    if given:
        facts = {name: value for name, value in given.items() if not name.startswith("value_")}
        values = {name.removeprefix("value_"): value for name, value in given.items() if name not in facts}
        survivor = keeping.edit_item(survivor, actor=actor, values=values, origin="merge", **facts)
    why, states = clean_text(why)[:500], {"before": {"state": was}, "after": {"state": gone.state}}
    keeping.changed(gone, "merged", actor, into=survivor.pk, other=survivor.slug, why=why, **states)
    moving.move_relations(gone, survivor)
    moving.move_claims(gone, survivor)
    moving.move_references(gone, survivor)
    _ask_no_more(gone)
    for campaign in campaigns:
        if not campaign.attestations.filter(answer="").exists():
            close_campaign(campaign, actor=None)
    survivor.refresh_from_db()
    keeping.changed(survivor, "absorbed", actor, merged=gone.pk, other=gone.slug, why=why)
    return survivor


def _refuse_two_things(survivor, gone):
    if survivor.pk == gone.pk:
        raise InvalidInput({"other": [_("An item cannot be merged with itself.")]})
    if survivor.state in OVER:
        raise Refused(_("“%(name)s” is no longer in use: keep the other one.") % {"name": survivor.name})
    if survivor.organisation_id and gone.organisation_id and survivor.organisation_id != gone.organisation_id:
        raise Refused(_("They belong to different customers: they are two."))
    services = Service.objects.filter(pk__in=[survivor.pk, gone.pk]).count()
    if services == 1:
        raise Refused(_("A service can only be merged with a service."))


def _given(survivor, gone, taken, rows) -> dict:
    """{name of a fact or attribute: value} that the survivor takes over."""
    offered = {row.name: row.is_taken for row in rows}
    taken = {name for name, is_taken in offered.items() if is_taken} if taken is None else set(taken)
    if unknown := sorted(taken - offered.keys()):
        raise InvalidInput(
            {"taken": [_("They do not differ in this: %(names)s.") % {"names": ", ".join(unknown)[:200]}]}
        )
    given = {name: _value(gone, name) for name in sorted(taken)}
    return {name: value for name, value in given.items() if value != survivor}  # nothing stands in itself


def _value(item, name):
    return item.values.get(name.removeprefix("value_")) if name.startswith("value_") else getattr(item, name)


def _ask_no_more(gone):
    """What waits for an answer about the gone record and could not move, since the survivor is asked the same."""
    Attestation.objects.filter(item=gone.pk, answer="").delete()
    Sample.objects.filter(item=gone.pk, checked_at=None).delete()
