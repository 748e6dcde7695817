"""Announcements at the desk: managers write them, everybody of the desk reads them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cmdb import rules
from cmdb import services as cmdb
from cmdb.models import Announcement
from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused
from portal.desk.major_forms import AnnouncementForm
from portal.desk.views.answering import told_in_form

SHOWN = 100


@desk_view
@require_safe
def listing(request):
    found = Announcement.objects.visible_to(request.user).select_related("organisation").prefetch_related("services")
    context = {
        "announcements": list(found[:SHOWN]),
        "now": clock.now(),
        "may_keep": rules.keeps_announcements(request.user),
    }
    return render(request, "desk/announcements.html", context)


@desk_view
def change(request, pk=None):
    """The form of one, new or there already."""
    row = Announcement() if pk is None else get_object_or_404(Announcement.objects.visible_to(request.user), pk=pk)
    if not rules.keeps_announcements(request.user):
        raise NotAllowed
    form = AnnouncementForm(request.user, request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            cmdb.announce(row, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:announcements")
        except Refused as refusal:
            told_in_form(form, refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/announcement.html", {"form": form, "row": row}, status=status)


@desk_view
@require_POST
def discard(request, pk):
    row = get_object_or_404(Announcement.objects.visible_to(request.user), pk=pk)
    cmdb.withdraw(row, actor=request.user)
    messages.success(request, _("Deleted."))
    return redirect("desk:announcements")
