"""One ticket: its page, its preview, who else is there."""

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from core.access import desk_view
from portal.desk import keys, presence, ticket_page
from portal.desk.access import found


@desk_view
@require_GET
def page(request, number):
    """The whole page; under htmx its panel alone (another tab of the timeline, a refresh)."""
    ticket = found(request, number)
    pane = request.GET.get("pane", "")
    context = ticket_page.context_for(request, ticket, pane=pane, shown=request.GET.get("shown", "all"))
    if not request.htmx:
        context["keys"] = keys.keys_of(request.user)
    return render(request, "desk/_ticket.html" if request.htmx else "desk/ticket.html", context)


@desk_view
@require_POST
def here(request, number):
    """A heartbeat of an open page; answers who else is there, and whether the ticket moved on meanwhile."""
    ticket = found(request, number)
    presence.seen(ticket, user=request.user, doing=request.POST.get("doing", ""))
    shown = request.POST.get("version", "")
    context = {
        "ticket": ticket,
        "others": presence.others(ticket, request.user),
        "has_moved": shown.isdecimal() and len(shown) < 10 and int(shown) != ticket.version,
        "pane": "preview" if request.POST.get("pane") == "preview" else "",
    }
    return render(request, "desk/_presence.html", context)
