"""News on records of the configuration database: to the owner of a disputed item, and to owners asked to confirm."""

from django.db import transaction
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cmdb.models import Attestation, Campaign, ConfigurationItem
from core.reading import reading_as
from notifications import links, selectors, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind, Way

HEARD = ("item.disputed", "attestation.opened", "attestation.reminded", "attestation.handed_over")


@transaction.atomic
def tell_owners(event):
    """`later` handler: tell the owner of a disputed item, and everybody who owes a campaign an answer; as they chose,
    and nobody of their own acts."""
    if event.is_history:
        return
    told = _of_dispute(event) if event.name == "item.disputed" else _of_campaign(event)
    choices = selectors.choices_of([user.pk for user, _about, _count in told], [Kind.RECORD])
    for user, about, count in told:
        if selectors.wants(choices, user.pk, Kind.RECORD, Way.BELL):
            ring(user, Kind.RECORD, event, **about)
        if user.email and selectors.wants(choices, user.pk, Kind.RECORD, Way.MAIL):
            post(user, Kind.RECORD, event, _letter(user, event, about, count))


def _of_dispute(event):
    """[(person, what it is about, how many records)]: the item's owner, unless it was they who said so."""
    item = ConfigurationItem.objects.select_related("owner").get(pk=event.subject_id)
    owner = item.owner
    concerned = owner is not None and owner.is_active and owner.pk != event.actor_id
    return [(owner, {"item": item}, 1)] if concerned else []


def _of_campaign(event):
    campaign = Campaign.objects.get(pk=event.subject_id)
    owed = Attestation.objects.owed().filter(campaign=campaign, item__owner__is_active=True)
    if event.name == "attestation.handed_over":
        owed = owed.filter(item__owner=event.data["to"])
    counts = dict(owed.order_by().values_list("item__owner").annotate(n=Count("pk")))
    people = User.objects.filter(pk__in=counts).exclude(pk=event.actor_id).order_by("pk")
    return [(user, {"campaign": campaign}, counts[user.pk]) for user in people]


def _letter(user, event, about, count):
    subject = about.get("item") or about["campaign"]
    with reading_as(user):
        headline = wording.of_record(event)
        title = links.unmarked(subject)
        content = composing.Content(
            headline=links.unmarked(headline), language=user.language, facts=_facts(event, subject, count),
            quotes=[(_("What is wrong"), links.unmarked(event.data["why"]))] if "why" in event.data else [],
            buttons=[(_("Look at it"), links.absolute(links.record_path(user, about.get("item"))))],
        )  # fmt: skip
        return composing.printed(wording.one_line(f"{title}: {links.unmarked(headline)}")[:400], content)


def _facts(event, subject, count):
    if event.name == "item.disputed":
        ticket = event.data.get("ticket")
        return [(_("Configuration item"), links.unmarked(subject)), *([(_("Ticket"), ticket)] if ticket else [])]
    name, day = links.unmarked(subject), date_format(subject.due_on)
    return [(_("Campaign"), name), (_("Records to confirm"), str(count)), (_("Until"), day)]
