"""What hangs on a person here: major incidents they command."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.holdings import portion
from incidents.models import MajorIncident
from incidents.services import arrange_major


def command(person):
    found = list(MajorIncident.objects.declared().filter(commander=person).select_related("incident"))
    yield portion(
        "majors", _("Major incidents they command"), found,
        called=lambda one: f"{one.incident.number} {one.incident.title}",
        path=lambda one: reverse("desk:ticket", args=[one.incident.number]), proposed=person.manager,
        pass_on=lambda to, actor: [_command(one, to, actor) for one in found],
    )  # fmt: skip


def _command(major, to, actor):
    arrange_major(
        major.incident, actor=actor, services=list(major.services.all()), commander=to, bridge=major.bridge,
        cadence=major.cadence, extent=major.extent,
    )  # fmt: skip
