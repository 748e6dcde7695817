"""What hangs on a person here: sessions they are to give."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.leaving import hand_to
from core.holdings import portion
from training.workflow import PLANNED


def sessions(person):
    given = list(person.sessions_given.filter(state=PLANNED.key).select_related("course").order_by("starts_at", "pk"))
    yield portion(
        "sessions", _("Courses they are to give"), given, path=lambda one: reverse("training:session", args=[one.pk]),
        proposed=person.manager, pass_on=lambda to, actor: [hand_to(one, "trainer", to, actor=actor) for one in given],
    )  # fmt: skip
