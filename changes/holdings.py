"""What hangs on a person here: changes they carry out, seats on boards."""

from django.urls import reverse
from django.utils.translation import gettext as _

from changes.models import Change
from changes.services import leaving
from core.holdings import portion


def work(person):
    found = list(Change.objects.filter(implementer=person, is_open=True).select_related("team__lead").order_by("pk"))
    yield portion(
        "changes", _("Changes they carry out"), found, called=lambda one: f"{one.number} {one.title}",
        path=lambda one: reverse("changes:change", args=[one.number]), proposed=person.manager,
        pass_on=lambda to, actor: [leaving.hand_over_change(one, person, to, actor=actor) for one in found],
    )  # fmt: skip
    boards = list(person.change_boards.filter(is_active=True))
    yield portion(
        "boards", _("Seats on change boards"), boards, called=lambda one: one.name, proposed=person.manager,
        pass_on=lambda to, actor: [leaving.hand_over_seat(one, person, to, actor=actor) for one in boards],
    )  # fmt: skip
