"""Past tickets under a draft agreement or another version of a calendar."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import desk_view
from sla import access
from sla.forms.trying import WhatIfForm
from sla.services import replaying
from tickets.models import Ticket

FLIPS_SHOWN = 200


@desk_view
@require_safe
def what_if(request):
    """For managers: how the figures of a period would have been, and which tickets would flip."""
    if not access.manages(request.user):
        raise Http404
    form = WhatIfForm(request.GET, request.user)
    context = {"form": form, "limit": replaying.TICKETS_AT_MOST, "flips_shown": FLIPS_SHOWN}
    if form.is_valid():
        since, until = form.period()
        tickets = Ticket.objects.visible_to(request.user).filter(created_at__gte=since, created_at__lt=until)
        given = form.cleaned_data
        if given["version"]:
            found = replaying.replay_agreement(given["version"], tickets)
        else:
            found = replaying.replay_calendar(given["calendar"], tickets)
        context |= {"found": found, "draft": given["version"] or given["calendar"]}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "sla/what_if.html", context, status=status)
