"""For the administrator: how mail fares, what is stuck, and a hand to help it."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_administrator
from core.access import signed_in
from notifications import selectors, services
from notifications.models import Mail

ON_PAGE = 100


def administrators(view):
    @signed_in
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not is_administrator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@administrators
@require_safe
def outbox(request):
    before = request.GET.get("before", "")
    mails = Mail.objects.in_trouble().select_related("user", "ticket").defer("text", "html").order_by("-pk")
    if before.isdecimal() and len(before) < 18:
        mails = mails.filter(pk__lt=int(before))
    rows = list(mails[: ON_PAGE + 1])
    context = {
        "counts": selectors.outbox_counts().items(),
        "held": Mail.objects.filter(state=Mail.State.HELD).count(),
        "mails": rows[:ON_PAGE],
        "next": f"?before={rows[ON_PAGE - 1].pk}" if len(rows) > ON_PAGE else "",
        "failing": selectors.failing_addresses(),
        "is_silent": settings.SILENT,
    }
    return render(request, "notifications/outbox.html", context)


@administrators
@require_POST
def release(request, pk):
    services.release(get_object_or_404(Mail, pk=pk), actor=request.user)
    messages.success(request, _("The mail is queued again."))
    return redirect("notifications:outbox")


@administrators
@require_POST
def discard(request, pk):
    services.discard(get_object_or_404(Mail, pk=pk), actor=request.user)
    messages.success(request, _("The mail will not be sent."))
    return redirect("notifications:outbox")


@administrators
@require_POST
def release_held(request):
    count = services.release_held(actor=request.user)
    messages.success(request, ngettext("%(n)s mail is queued.", "%(n)s mails are queued.", count) % {"n": count})
    return redirect("notifications:outbox")
