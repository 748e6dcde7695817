"""What the auditor of the clocks found, night after night."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sla.models import AuditRun
from sla.views.guards import managers_view

RUNS_SHOWN = 30


@managers_view
@require_safe
def audit(request):
    """The last runs with their findings, which name tickets of every organisation."""
    runs = list(AuditRun.objects.all()[:RUNS_SHOWN])
    return render(request, "sla/audit.html", {"runs": runs, "last": next((r for r in runs if r.finished_at), None)})
