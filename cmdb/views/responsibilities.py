"""Pages about who does what: the overview with its gaps, and the matrix of one service."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb import rules, services
from cmdb.forms.responsibilities import ResponsibilityForm
from cmdb.models import Letter, Responsibility, Service
from cmdb.selectors import responsibilities as selectors
from core.access import desk_view
from core.errors import NotAllowed, Refused

SHOWN = 50


@desk_view
@require_safe
def overview(request):
    """Services with what nobody is accountable or responsible for, and what belongs to a team that is not there."""
    rows, more = selectors.overview(request.user, request.GET.get("after", "")[:80].replace("\0", ""))
    lines = [(service, [row for row in matrix if row.lacks], len(matrix)) for service, matrix in rows]
    orphans = list(selectors.without_a_team(request.user).order_by("slug")[: SHOWN + 1])
    context = {"lines": lines, "next": more, "orphans": orphans[:SHOWN], "has_more": len(orphans) > SHOWN}
    return render(request, "cmdb/responsibilities.html", context)


@desk_view
def matrix(request, pk):
    """Who does what for one service; its owner and managers add to it."""
    service = _service(request, pk)
    form = ResponsibilityForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.assign_responsibility(service, actor=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("cmdb:matrix", pk)
    context = {
        "service": service,
        "item": service,
        "rows": selectors.matrix_of(service),
        "letters": Letter,
        "form": form,
        "may_keep": rules.keeps_responsibilities(request.user, service),
    }
    return render(request, "cmdb/matrix.html", context, status=422 if form.errors else 200)


@desk_view
@require_POST
def drop(request, pk):
    rows = Responsibility.objects.visible_to(request.user).select_related("service", "team", "person")
    row = get_object_or_404(rows, pk=pk)
    services.drop_responsibility(row, actor=request.user)
    messages.success(request, _("Taken back."))
    return redirect("cmdb:matrix", row.service_id)


def _service(request, pk):
    return get_object_or_404(Service.objects.visible_to(request.user).select_related("owner", "support_team"), pk=pk)
