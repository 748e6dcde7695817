"""The demo's mailbox: everybody's mail, as it would have arrived. Does not exist outside demo mode."""

from functools import wraps

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from notifications import links, selectors
from notifications.models import Mail
from notifications.services.sending import message_of

ON_PAGE = 50


def demo_only(view):
    """Whoever tries the demo plays every role, also signed out; anywhere else mail is private."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@demo_only
@require_safe
def mailbox(request):
    search, before = request.GET.get("to", "")[:100], request.GET.get("before", "")
    mails = selectors.mailbox(search)
    if before.isdecimal() and len(before) < 18:
        mails = mails.filter(pk__lt=int(before))
    rows = list(mails[: ON_PAGE + 1])
    context = {"mails": rows[:ON_PAGE], "search": search, "last": rows[ON_PAGE - 1].pk if len(rows) > ON_PAGE else ""}
    return render(request, "notifications/mailbox.html", context)


@demo_only
@require_safe
@csp_update({"frame-src": [SELF]})
def letter(request, pk):
    mail = _mail(pk)
    headers = [(name, value) for name, value in message_of(mail).message().items() if name in _SHOWN]
    context = {"mail": mail, "text": links.filled(mail, mail.text), "headers": headers}
    return render(request, "notifications/letter.html", context)


@demo_only
@require_safe
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "script-src": [NONE],
        "img-src": [NONE],
        "connect-src": [NONE],
        "form-action": [NONE],
        "style-src": [UNSAFE_INLINE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
def letter_html(request, pk):
    """The HTML body in a sandbox of its own: no scripts, no images from elsewhere, links that leave the frame."""
    mail = _mail(pk)
    return HttpResponse(links.filled(mail, mail.html, is_html=True))


_SHOWN = ("From", "To", "Reply-To", "Message-ID", "In-Reply-To", "Auto-Submitted")


def _mail(pk):
    return get_object_or_404(Mail.objects.select_related("user", "ticket", "event"), pk=pk)
