"""Past tickets under a draft agreement or another calendar: asked here, played by a worker, read when it is done."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.htmx import fragment_or_page
from sla.forms.trying import WhatIfForm
from sla.models import Replay
from sla.services import replaying
from sla.views.guards import managers_view
from tickets.models import Ticket

RUNS_SHOWN = 20


@managers_view
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request):
    """Ask, and one's own replays; `?version=` offers an agreement's version."""
    form = WhatIfForm(request.POST or None, request.user, asked=request.GET.get("version"))
    if form.is_valid():
        return redirect("sla:replay", _asked(form, request.user).pk)
    runs = Replay.objects.filter(owner=request.user).select_related("calendar", "agreement_version__agreement")
    context = {"form": form, "runs": runs.defer("flips")[:RUNS_SHOWN], "limit": replaying.TICKETS_AT_MOST}
    return render(request, "sla/what_if.html", context, status=422 if form.errors else 200)


def _asked(form, user) -> Replay:
    given = form.cleaned_data
    since, until = form.period()
    period = {"since": since, "until": until, "actor": user}
    if given["version"]:
        return replaying.replay_agreement(given["version"], **period)
    version = given["calendar"]
    content = replaying.content_of(version)
    return replaying.replay_calendar(version.calendar, content, number=version.number, **period)


@managers_view
@require_safe
def replay(request, pk):
    """One replay: how far it is, asking again by itself, and then what came out."""
    found = Replay.objects.visible_to(request.user).select_related("calendar", "agreement_version__agreement", "owner")
    run = get_object_or_404(found, pk=pk)
    tickets = Ticket.objects.visible_to(request.user).in_bulk({flip["ticket"] for flip in run.flips})
    flips = [flip | {"ticket": tickets[flip["ticket"]]} for flip in run.flips if flip["ticket"] in tickets]
    context = {"run": run, "flips": flips, "limit": replaying.TICKETS_AT_MOST}
    return fragment_or_page(request, "sla/replay.html", "sla/_replay.html", context)
