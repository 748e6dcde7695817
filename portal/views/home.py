"""The first page: ask, see one's own tickets, choose a service."""

from django.shortcuts import render

from core.access import signed_in
from knowledge import selectors as knowledge_selectors
from portal import selectors, standing
from tickets.selectors import approving


@signed_in
def home(request):
    """The question, the services, the last five tickets with what was promised."""
    return render(
        request,
        "portal/home.html",
        {
            "tickets": selectors.with_status(selectors.own_tickets(request.user).order_by("-pk")[:5]),
            "services": selectors.offered_services(request.user)[:12],
            "approvals": approving.waiting_for(request.user)[:5],
            "waiting": selectors.needing_me(request.user),
            "popular": knowledge_selectors.popular(request.user),
            **standing.banners_for(request.user),
        },
    )
