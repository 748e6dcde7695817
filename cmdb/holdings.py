"""What hangs on a person here: services and items they own, and things they use."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cmdb.services.keeping import edit_item
from cmdb.services.responsibilities import hand_over_responsibilities
from core.holdings import portion


def items(person):
    owned = list(person.owned_items.filter(is_active=True).order_by("slug"))
    yield portion(
        "items", _("Services and items they own"), owned, called=_name, path=_path, proposed=person.manager,
        pass_on=lambda to, actor: [edit_item(one, actor=actor, owner=to, why=_why(person)) for one in owned],
    )  # fmt: skip
    held = list(person.responsibilities_held.select_related("service", "team", "person"))
    yield portion(
        "responsibilities", _("Responsibilities for services"), held,
        called=lambda one: f"{one.service.name}: {one.get_activity_display()} {one.letter}",
        path=lambda one: reverse("cmdb:matrix", args=[one.service_id]), proposed=person.manager,
        rests=_("They are shown as gaps of the services."),
        pass_on=lambda to, actor: hand_over_responsibilities(held, to, actor=actor),
    )  # fmt: skip
    used = list(person.used_items.filter(is_active=True).order_by("slug"))
    yield portion(
        "used", _("Things they use"), used, called=_name, path=_path,
        rests=_("Recorded as used by nobody: collect them."),
        pass_on=lambda to, actor: [edit_item(one, actor=actor, used_by=to, why=_why(person)) for one in used],
    )  # fmt: skip


def _why(person):
    return _("%(name)s left.") % {"name": person.display_name}


def _name(item):
    return item.name


def _path(item):
    return reverse("cmdb:item", args=[item.pk])
