"""Attachments: checked like their ticket, never run on our origin."""

from django.http import Http404
from django.views.decorators.http import require_GET

from core.access import signed_in
from core.downloads import served
from tickets.models import Attachment


@signed_in
@require_GET
def attachment(request, pk):
    """The file as a download, whatever it is."""
    return served(_found(request, pk))


@signed_in
@require_GET
def picture(request, pk):
    """An image that we re-encoded ourselves, shown in place; anything else is not a picture."""
    return served(_found(request, pk), inline=True)


def _found(request, pk):
    found = Attachment.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
