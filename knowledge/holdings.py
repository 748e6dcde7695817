"""What hangs on a person here: articles they answer for, and reading paths they keep."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.leaving import hand_to
from core.holdings import portion


def articles(person):
    owned = list(person.owned_articles.order_by("pk"))
    yield portion(
        "articles", _("Articles they answer for"), owned, path=lambda one: reverse("knowledge:keep", args=[one.pk]),
        proposed=person.manager, pass_on=lambda to, actor: [hand_to(one, "owner", to, actor=actor) for one in owned],
    )  # fmt: skip


def paths(person):
    owned = list(person.owned_paths.order_by("pk"))
    yield portion(
        "paths", _("Reading paths they keep"), owned, path=lambda one: reverse("knowledge:keep-path", args=[one.pk]),
        proposed=person.manager, pass_on=lambda to, actor: [hand_to(one, "owner", to, actor=actor) for one in owned],
    )  # fmt: skip
