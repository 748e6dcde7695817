"""Who to ask about a ticket: the responsibilities of its service, and their people as watchers."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cmdb.models import Activity, Letter
from cmdb.selectors import responsibilities as selectors
from core.access import desk_view
from portal.desk.access import found
from portal.desk.views.answering import ticket_answer
from tickets import services as tickets
from tickets.rules import shows_to

_ASKED = (Letter.CONSULTED, Letter.INFORMED)


@desk_view
@require_safe
def panel(request, number):
    """Who does what for the ticket's service, in work of its kind; a part of the ticket's page."""
    ticket = found(request, number)
    held = _held(ticket)
    rows = [(letter, held[letter.value]) for letter in Letter if held.get(letter.value)]
    return render(
        request, "desk/_responsible.html", {"ticket": ticket, "rows": rows, "asked": _not_yet(ticket, request)}
    )


@desk_view
@require_POST
def invite(request, number):
    """Let those who are consulted and informed watch the ticket."""
    ticket = found(request, number)
    people = _not_yet(ticket, request)
    for person in people:
        tickets.watch(ticket, user=person, actor=request.user)
    names = ", ".join(person.display_name for person in people)
    return ticket_answer(request, number, _("Watching from now on: %(names)s.") % {"names": names or "–"})


def _held(ticket):
    if ticket.service is None or ticket.kind not in Activity.values:
        return {}
    return selectors.held_for(ticket.service, ticket.kind)


def _not_yet(ticket, request):
    """Whom the reader may let watch and who does not do so."""
    held = _held(ticket)
    people = selectors.people_of([one for letter in _ASKED for one in held.get(letter.value, ())])
    watching = set(ticket.watchers.values_list("user", flat=True))
    return [one for one in people if one.pk not in watching and shows_to(request.user, ticket, one)]
