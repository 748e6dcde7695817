"""Keeping what somebody has filled in and not sent."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Draft
from core import clock
from core.errors import InvalidInput

MAX_BYTES = 200_000


@transaction.atomic
def keep_draft(item, *, actor, form, posted) -> Draft:
    """Keep the inputs of a form as they stand, one draft for each person and item. `posted` are {name: [values]}.

    Raises InvalidInput when it is longer than any form can be.
    """
    if len(json.dumps(posted)) > MAX_BYTES:
        raise InvalidInput({"": [_("This is more than a draft can hold.")]})
    values = {"form": form, "posted": posted, "saved_at": clock.recorded_now()}
    return Draft.objects.update_or_create(person=actor, item=item, defaults=values)[0]


def discard_draft(item, *, actor) -> None:
    Draft.objects.of(actor).filter(item=item).delete()
