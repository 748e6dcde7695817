"""What hangs on a person here: agreements they answer for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.leaving import hand_to
from core.holdings import portion


def agreements(person):
    owned = list(person.owned_agreements.order_by("pk"))
    yield portion(
        "agreements", _("Agreements they answer for"), owned, called=lambda one: one.name,
        path=lambda one: reverse("sla:agreement", args=[one.pk]), proposed=person.manager,
        pass_on=lambda to, actor: [hand_to(one, "owner", to, actor=actor) for one in owned],
    )  # fmt: skip
