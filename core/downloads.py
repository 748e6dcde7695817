"""Handing out a stored file: never run on our origin, whoever asks and by whichever door."""

from django.http import FileResponse, Http404


def served(attachment, *, inline=False) -> FileResponse:
    """The file as a download; `inline` only for images that we re-encoded ourselves, anything else is a 404.

    The caller has found `attachment` among what its reader may see (`visible_to`).
    """
    if inline and not attachment.is_image:
        raise Http404
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    # Only the type of what we re-encoded is certain; a browser must not interpret the rest.
    content_type = attachment.content_type if attachment.is_image else "application/octet-stream"
    response = FileResponse(content, as_attachment=not inline, filename=attachment.name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
