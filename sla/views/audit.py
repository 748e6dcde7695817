"""What the auditor of the clocks found, night after night."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import desk_view
from sla import access
from sla.models import AuditRun

RUNS_SHOWN = 30


@desk_view
@require_safe
def audit(request):
    """The last runs with their findings; for managers, since findings name tickets of every organisation."""
    if not access.manages(request.user):
        raise Http404
    runs = list(AuditRun.objects.all()[:RUNS_SHOWN])
    return render(request, "sla/audit.html", {"runs": runs, "last": next((r for r in runs if r.finished_at), None)})
