"""The escalation log, and what waits for one's own answer."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import selectors as people
from core import clock as wall
from core.access import desk_view
from core.errors import Refused
from sla import services
from sla.forms.escalation import LogFilter
from sla.models import Escalation
from sla.selectors import escalations, lateness

COMING = timedelta(weeks=8)


@desk_view
@require_safe
def log(request):
    """Everything that thresholds set off, newest first, a page at a time by key."""
    form = LogFilter(request.GET)
    narrowing = form.narrowing()
    rows, following = escalations.page_of(
        escalations.narrowed(escalations.log_for(request.user), **narrowing), before=_key(request.GET.get("before"))
    )
    context = {
        "form": form,
        "lines": escalations.lines_of(rows, request.user),
        "behind": lateness.alarming_seconds(),
        "recent": lateness.recent_lateness(),
    }
    if following:
        kept = {name: value for name in form.fields if (value := request.GET.get(name))}
        context["next"] = "?" + urlencode(kept | {"before": following})
    return render(request, "sla/escalation/log.html", context)


@desk_view
@require_safe
def calls(request):
    """What waits for my answer, what I was told lately, and when I am on call."""
    now = wall.now()
    context = {
        "waiting": escalations.lines_of(list(escalations.waiting_for(request.user)), request.user),
        "recent": escalations.lines_of(list(escalations.recent_of(request.user)), request.user),
        "turns": people.turns_of(request.user, now, now + COMING),
    }
    return render(request, "sla/escalation/calls.html", context)


@require_POST
@desk_view
def acknowledge(request, pk):
    """Answer a call. Somebody else's that came first is news, not an error."""
    visible = escalations.log_for(request.user) | Escalation.objects.filter(person=request.user)
    escalation = get_object_or_404(visible, pk=pk)
    try:
        services.acknowledge(escalation, actor=request.user)
    except Refused as refusal:
        if refusal.status != 409:
            raise
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Acknowledged. Nobody else is called for it."))
    return redirect("sla:calls")


def _key(given):
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 18 else None
