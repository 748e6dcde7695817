"""Reading an uploaded file: its size, name and true type; images are re-encoded, so that we show only what we made."""

import hashlib
import io
import os
from dataclasses import dataclass

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import InvalidInput
from core.text import clean_text

MAX_PIXELS = 40_000_000
_INLINE_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
# Programs and scripts have no business in here; a log or a screenshot does.
_REFUSED_SUFFIXES = {
    ".exe",
    ".dll",
    ".bat",
    ".cmd",
    ".com",
    ".msi",
    ".scr",
    ".vbs",
    ".ps1",
    ".jar",
    ".hta",
    ".lnk",
}
# A picture too large to decode is kept as a plain file; the warning is an error where warnings are.
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_EXECUTABLE_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


@dataclass(frozen=True)
class Upload:
    """What is kept of an uploaded file. `content_type` comes from its first bytes, never from the sender."""

    name: str
    content: bytes
    content_type: str
    is_image: bool

    def facts(self) -> dict:
        """The columns that describe the file, as every model of a stored file names them."""
        return {
            "name": self.name,
            "size": len(self.content),
            "content_type": self.content_type,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "is_image": self.is_image,
        }

    @property
    def stored(self) -> ContentFile:
        return ContentFile(self.content)


def taken_in(upload) -> Upload:
    """An uploaded file as it may be kept. Raises InvalidInput naming the file: too large, empty, a program."""
    name = _plain_name(upload.name)
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        limit = settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)
        refuse(_("“%(name)s” is larger than %(limit)s MB."), name=name, limit=limit)
    if upload.size == 0:
        refuse(_("“%(name)s” is empty."), name=name)
    content = upload.read()
    if content.startswith(_EXECUTABLE_STARTS) or os.path.splitext(name)[1].lower() in _REFUSED_SUFFIXES:
        refuse(_("“%(name)s” is a program. Programs cannot be attached."), name=name)
    content_type, image = _true_type(content)
    return Upload(name, image or content, content_type, image is not None)


def refuse(message, **values):
    raise InvalidInput({"files": [message % values]})


def _plain_name(name) -> str:
    """The name alone, at most 200 characters with its ending kept, free of marks that would show it another way round.

    Ending dots and blanks go as well: Windows drops them, and `run.exe.` would be a program again.
    """
    shown = "".join(mark for mark in os.path.basename(name.replace("\\", "/")) if mark.isprintable())
    return clean_text(shown)[-200:].rstrip(". ") or "file"


def _true_type(content):
    """(type from the bytes, the re-encoded image or None). Anything we did not re-encode is never shown inline."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_INLINE_FORMATS)) as picture:
            kind = picture.format
            if picture.width * picture.height <= MAX_PIXELS:
                return _INLINE_FORMATS[kind], _re_encoded(picture, kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, *_BOMBS):
        pass
    try:
        guessed = puremagic.from_string(content[:8192], mime=True)
    except (puremagic.PureError, ValueError):
        guessed = ""
    return guessed or "application/octet-stream", None


def _re_encoded(picture, kind) -> bytes:
    """Only pixels survive: no metadata, no place where the photograph was taken, no second format inside."""
    clean = ImageOps.exif_transpose(picture)
    clean.info = {name: value for name, value in clean.info.items() if name == "transparency"}
    if kind == "JPEG" and clean.mode not in ("RGB", "L"):
        clean = clean.convert("RGB")
    out = io.BytesIO()
    clean.save(out, format=kind)
    return out.getvalue()
