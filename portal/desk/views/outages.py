"""Disturbances at the desk: managers enter by hand what no ticket declared; those of tickets are shown beside them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cmdb import rules
from cmdb import services as cmdb
from cmdb.models import Outage
from core.access import desk_view
from core.errors import NotAllowed, Refused
from portal.desk.major_forms import OutageForm
from portal.desk.views.answering import told_in_form

SHOWN = 100


@desk_view
@require_safe
def listing(request):
    """The newest of the services one sees."""
    found = Outage.objects.visible_to(request.user).select_related("service")[:SHOWN]
    context = {"outages": list(found), "may_keep": rules.keeps_announcements(request.user)}
    return render(request, "desk/outages.html", context)


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk=None):
    """The form of one, new or there already."""
    row = Outage() if pk is None else _found(request, pk)
    if not rules.keeps_announcements(request.user):
        raise NotAllowed
    form = OutageForm(request.user, request.POST if request.method == "POST" else None, instance=row)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            cmdb.keep_outage(row, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:outages")
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            status = refusal.status
    return render(request, "desk/outage.html", {"form": form, "row": row}, status=status)


@desk_view
@require_POST
def end(request, pk):
    cmdb.end_outage(_found(request, pk), actor=request.user)
    messages.success(request, _("Saved."))
    return redirect("desk:outages")


@desk_view
@require_POST
def discard(request, pk):
    cmdb.discard_outage(_found(request, pk), actor=request.user)
    messages.success(request, _("Deleted."))
    return redirect("desk:outages")


def _found(request, pk):
    return get_object_or_404(Outage.objects.visible_to(request.user).select_related("service"), pk=pk)
