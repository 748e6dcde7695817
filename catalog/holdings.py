"""What hangs on a person here: what they offer in the catalogue."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.leaving import hand_to
from core.holdings import portion


def request_items(person):
    owned = list(person.owned_request_items.order_by("slug"))
    yield portion(
        "request-items", _("Request items they answer for"), owned, called=lambda one: one.name,
        path=lambda one: reverse("catalog:item", args=[one.slug]), proposed=person.manager,
        pass_on=lambda to, actor: [hand_to(one, "owner", to, actor=actor) for one in owned],
    )  # fmt: skip
