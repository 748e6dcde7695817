"""Judging whether a change caused an incident."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from changes import services
from changes.models import CausedIncident
from changes.views.records import found_change
from core.access import desk_view
from core.errors import NotAllowed, Refused
from incidents.models import Incident


@desk_view
@require_POST
def judge(request, number, pk):
    """Confirm or reject one suggestion."""
    change = found_change(request, number)
    cause = get_object_or_404(CausedIncident.objects.visible_to(request.user).filter(change=change), pk=pk)
    is_caused = request.POST.get("is_caused") == "yes"
    return _told(request, change, lambda: services.judge(cause, actor=request.user, is_caused=is_caused))


@desk_view
@require_POST
def name_cause(request, number):
    """Name an incident that nothing suggested."""
    change = found_change(request, number)
    typed = request.POST.get("incident", "")[:20].replace("\0", "").strip().upper()
    incident = Incident.objects.visible_to(request.user).filter(number=typed).first()
    if incident is None:
        raise Http404
    return _told(request, change, lambda: services.name_cause(change, incident, actor=request.user))


def _told(request, change, command):
    try:
        command()
    except NotAllowed:
        raise
    except Refused as refusal:
        problems = [text for texts in refusal.fields.values() for text in texts] or [str(refusal)]
        messages.warning(request, " ".join(problems))
    return redirect("changes:change", change.number)
