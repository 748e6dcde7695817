"""Subscribing to the calendar: one's addresses, and the file behind one."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from changes import services
from changes.forms.calendar import FeedForm
from changes.models import CalendarFeed
from changes.selectors import feeds as selectors
from core.access import desk_view
from core.errors import Refused


@desk_view
def feeds(request):
    """One's calendar addresses; a new one is in the answer to its creation and nowhere else."""
    form, address = FeedForm(request.POST or None), ""
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            _feed, secret = services.open_feed(actor=request.user, **form.cleaned_data)
            address, status, form = settings.SITE_URL + reverse("changes:feed", args=[secret]), 200, FeedForm()
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    mine = list(request.user.calendar_feeds.filter(revoked_at=None))
    context = {"form": form, "feeds": mine, "address": address}
    return render(request, "changes/calendar/feeds.html", context, status=status)


@desk_view
@require_POST
def revoke_feed(request, pk):
    services.revoke_feed(get_object_or_404(CalendarFeed, pk=pk, user=request.user), actor=request.user)
    messages.success(request, _("The address is revoked: whoever reads it finds nothing any more."))
    return redirect("changes:feeds")


@require_safe
def feed(request, token):
    """The file, for whoever knows the address, in its owner's language; 404 when revoked, or the owner has left."""
    found = selectors.feed_called(token)
    if found is None:
        raise Http404
    with translation.override(found.user.language):
        content = selectors.written(found)
    services.touch_feed(found)
    headers = {"ETag": selectors.etag_of(content), "Cache-Control": "private, no-cache"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="changes.ics"'
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
