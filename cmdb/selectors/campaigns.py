"""How far owners have come in confirming their records."""

from django.db.models import Count, Q

from cmdb.models import Attestation, Campaign

SHOWN = 50


def with_progress(user, *, limit=SHOWN):
    """Campaigns, the newest first, with how many records were asked for and answered, of those the reader sees."""
    seen = Q(attestations__in=Attestation.objects.visible_to(user))
    counts = {
        "asked": Count("attestations", filter=seen),
        "right": Count("attestations", filter=seen & Q(attestations__answer=Attestation.Answer.RIGHT)),
        "wrong": Count("attestations", filter=seen & Q(attestations__answer=Attestation.Answer.WRONG)),
        "open": Count("attestations", filter=seen & Q(attestations__answer="")),
    }
    rows = Campaign.objects.visible_to(user).annotate(**counts).select_related("opened_by").order_by("-pk")
    return rows if limit is None else rows[:limit]


def asked_in(user, campaign, answer):
    """What was asked in a campaign and is answered so ("open": not yet), in the order of asking."""
    rows = Attestation.objects.visible_to(user).filter(campaign=campaign, answer="" if answer == "open" else answer)
    return rows.select_related("item__item_class", "item__owner", "answered_by").order_by("pk")
