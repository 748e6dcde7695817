"""Attachments: checked like their ticket, never run on our origin."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from core.access import signed_in
from tickets.models import Attachment


@signed_in
@require_GET
def attachment(request, pk):
    """The file as a download, whatever it is."""
    return _served(_found(request, pk), as_attachment=True)


@signed_in
@require_GET
def picture(request, pk):
    """An image that we re-encoded ourselves, shown in place; anything else is not a picture."""
    found = _found(request, pk)
    if not found.is_image:
        raise Http404
    return _served(found, as_attachment=False)


def _found(request, pk):
    found = Attachment.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _served(found, *, as_attachment):
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    content_type = found.content_type if found.is_image else "application/octet-stream"
    response = FileResponse(content, as_attachment=as_attachment, filename=found.name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
