"""Two reports of one fault become one; one report of two faults becomes two. Both histories stay."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from incidents.services.reporting import report_incident
from tickets import rules
from tickets import services as tickets
from tickets.models import Ticket, TicketLink, Watcher
from tickets.services import door


@transaction.atomic
def merge(duplicate, original, *, actor):
    """Fold `duplicate` into `original` and return the original.

    In order: lock both in key order; the people of the duplicate watch the original; link as duplicate; cancel the
    duplicate with a reason that names the original; publish `ticket.merged` on the original. The duplicate's
    conversation stays readable on its own page. Raises NotAllowed, Refused (itself, not open any more).
    """
    if duplicate.pk == original.pk:
        raise Refused(_("A ticket cannot be merged into itself."))
    for pk in sorted((duplicate.pk, original.pk)):
        Ticket.objects.select_for_update().get(pk=pk)
    duplicate, original = door.lock(duplicate), door.lock(original)
    if not (rules.works_it(actor, duplicate) and rules.works_it(actor, original)):
        raise NotAllowed()
    if not original.is_open:
        raise Refused(_("%(number)s is not open any more.") % {"number": original.number})
    people = {duplicate.requester_id, *duplicate.watchers.values_list("user_id", flat=True)} - {None}
    for pk in sorted(people - {original.requester_id}):
        Watcher.objects.get_or_create(ticket_id=original.pk, user_id=pk)
    tickets.link(duplicate, original, kind=TicketLink.Kind.DUPLICATES, actor=actor)
    if duplicate.state == "in_progress":
        tickets.take_transition(
            duplicate, "assign", actor=None, values={"team": duplicate.team, "assignee": duplicate.assignee}
        )
    reason = _("Duplicate of %(number)s") % {"number": original.number}
    tickets.take_transition(duplicate, "cancel", actor=actor, values={"reason": reason, "duplicate_of": original})
    original = door.lock(original)
    before = door.snapshot(original)
    door.write(
        original, "ticket.merged", actor=actor, before=before, is_public=False,
        number=duplicate.number, duplicate=duplicate.pk,
    )  # fmt: skip
    return original


@transaction.atomic
def split(incident, *, actor, title, description="", source="", source_ref=""):
    """Open a second incident for the other fault in the same report, linked to the first; returns the new one.

    Raises NotAllowed to people who do not work the first.
    """
    incident = door.lock(incident)
    if not rules.works_it(actor, incident):
        raise NotAllowed()
    other = report_incident(
        actor=actor,
        requester=incident.requester,
        title=title,
        description=description or incident.description,
        service=incident.service,
        category=incident.category,
        impact=incident.impact,
        urgency=incident.urgency,
        organisation=incident.organisation,
        contact=incident.contact,
        place=incident.place,
        source=source,
        source_ref=source_ref,
    )
    tickets.link(other, incident, kind=TicketLink.Kind.SPLIT_FROM, actor=actor)
    other.refresh_from_db()
    return other
