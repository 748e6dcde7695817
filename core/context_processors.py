"""What both shells need on every page, without a query."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def _js_strings():
    """The words JavaScript shows; base.html prints them as JSON."""
    return {
        "close": _("Close"),
        "retry": _("Try again"),
        "reference": _("Reference"),
        "offline": _("No connection. What you typed is kept; send it again when you are back online."),
        "server_error": _("Something went wrong on our side. What you typed is kept."),
        "too_many": _("Too many requests in a short time. Wait a moment and try again."),
        "signed_out": _("Your session has ended. What you typed is kept; sign in and continue."),
        "sign_in": _("Sign in"),
        "forbidden": _("You are not allowed to do this."),
        "expired": _("This page has expired. Reload it and send again; what you typed is kept."),
        "gone": _("This is no longer here, or not yours to see."),
        "changed": _("This was changed meanwhile. Reload the page to see the changes; what you typed is kept."),
        "draft_restored": _("Your draft was restored."),
        "discard": _("Discard"),
        "copied": _("Copied"),
        "copy_failed": _("Could not copy. Select the text and copy it by hand."),
        "remove": _("Remove"),
        "too_large": _("“{name}” is larger than {limit} and was left out."),
        "uploading": _("Uploading… {percent}%"),
        "bold": _("Bold"),
        "list": _("List"),
        "link": pgettext("format", "Link"),
        "code": _("Code"),
        "quote": _("Quote"),
        "formatting": _("Formatting"),
        "just_now": _("just now"),
    }


def shell(request):
    """`demo_mode`, `theme`, `is_staff_member`, `js_strings`, `attachment_limit` (bytes)."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    theme = user.theme if signed_in else request.COOKIES.get("theme", "auto")
    return {
        "demo_mode": settings.DEMO,
        "theme": theme if theme in ("light", "dark") else "auto",
        "is_staff_member": signed_in and user.is_staff_member,
        "js_strings": _js_strings,
        "attachment_limit": settings.ATTACHMENT_MAX_BYTES,
    }
