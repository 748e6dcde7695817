"""The status page, and “I have this too”."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import signed_in
from incidents import services as incidents
from incidents.models import MajorIncident
from portal import standing


@signed_in
@require_safe
def status(request):
    """How the services stand that the person may see, what was said, and how available they were."""
    context = standing.banners_for(request.user) | {
        "standings": standing.standings_for(request.user),
        "days": standing.DAYS,
        "updates": standing.past_updates(request.user),
        "outages": standing.past_outages(request.user),
    }
    return render(request, "portal/status.html", context)


@signed_in
@require_POST
def join(request, pk):
    """One click: the person's own report below a declared major incident."""
    major = MajorIncident.objects.told_to(request.user).select_related("incident").filter(pk=pk).first()
    if major is None:
        raise Http404
    ticket = incidents.join_major(major, actor=request.user)
    message = _("Noted: your ticket is %(number)s. You hear from us when it works again.")
    messages.success(request, message % {"number": ticket.number})
    return redirect("portal:ticket", ticket.number)
