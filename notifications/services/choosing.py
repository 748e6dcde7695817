"""A person's own choices."""

from django.db import transaction

from notifications.models import MailHours, Preference
from notifications.vocabulary import kinds_for, ways_of


@transaction.atomic
def choose(*, actor, chosen, calendar=None):
    """Store the whole matrix of `actor`: `chosen` holds the (kind, way) pairs that are on, all others are off.

    With `calendar` mails about deadlines keep its working hours; without one they come at once.
    """
    if calendar is None:
        MailHours.objects.filter(user=actor).delete()
    else:
        MailHours.objects.update_or_create(user=actor, defaults={"calendar": calendar})
    Preference.objects.bulk_create(
        [
            Preference(user=actor, kind=kind, way=way, is_on=(kind.value, way.value) in chosen)
            for kind in kinds_for(actor)
            for way in ways_of(kind)
        ],
        update_conflicts=True,
        unique_fields=["user", "kind", "way"],
        update_fields=["is_on"],
    )
