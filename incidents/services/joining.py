"""“I have this too”: one click instead of another description of the same fault."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from incidents import selectors
from incidents.models import MajorIncident
from incidents.services.reporting import report_incident
from incidents.vocabulary import MajorState
from tickets import services as tickets
from tickets.models import Channel, Level
from tickets.services import door


@transaction.atomic
def join_major(major, *, actor):
    """The actor's own report under a declared major incident: the one they have, else a new child. Returns it.

    Clicking twice is clicking once. Raises NotAllowed (none of its services is theirs), Refused (over already).
    """
    incident = door.lock(major.incident)
    if not MajorIncident.objects.told_to(actor).filter(pk=major.pk).exists():
        raise NotAllowed()
    if incident.major_state != MajorState.DECLARED:
        raise Refused(_("This disturbance is over. If it still does not work for you, please report it."))
    own = selectors.own_report(major, actor)
    if own is None:
        service = major.services.visible_to(actor).first()
        own = report_incident(
            actor=actor, title=_("I have this too: %(service)s") % {"service": service.name}, service=service,
            impact=Level.LOW, urgency=Level.HIGH, channel=Channel.PORTAL,
        )  # fmt: skip
    if own.pk != incident.pk and own.parent_id is None:
        own = tickets.set_parent(own, incident, actor=None)
    return own
