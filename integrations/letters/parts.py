"""The body and the files of a message, part by part, within limits."""

import re
from dataclasses import dataclass, field

from tnefparse import TNEF

from integrations.letters import calendars
from integrations.letters.charsets import text_of
from integrations.letters.headers import Headers, decoded
from integrations.letters.letter import File
from integrations.letters.markdown import markdown_of

MOST_PARTS = 200
MOST_FILES = 50
MOST_DEPTH = 20
LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT = 200_000
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "image/png": ".png", "image/jpeg": ".jpg",
    "image/gif": ".gif", "image/webp": ".webp", "application/pdf": ".pdf", "message/rfc822": ".eml",
}  # fmt: skip


@dataclass
class Contents:
    """What was found. `bodies` in order; each is Markdown."""

    bodies: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    parts: int = 0

    def add_file(self, name, content):
        if not content:
            return
        if len(content) > LARGEST_FILE or len(self.files) >= MOST_FILES:
            self.left_out.append(name)
        else:
            self.files.append(File(name, content))


def contents_of(message) -> Contents:
    """Body and files of a parsed message."""
    contents = Contents()
    _walk(message, contents, contents.bodies, depth=0)
    return contents


def _walk(part, contents, bodies, *, depth):
    contents.parts += 1
    kind = part.get_content_type()
    if contents.parts > MOST_PARTS or depth > MOST_DEPTH:
        contents.left_out.append(kind)
    elif kind == "message/rfc822":
        contents.add_file(_name_of(part), _forwarded(part))
    elif part.is_multipart() and kind == "multipart/alternative":
        _choose(part, contents, bodies, depth)
    elif part.is_multipart():
        for child in part.get_payload():
            _walk(child, contents, bodies, depth=depth + 1)
    elif kind not in ("message/delivery-status", "text/rfc822-headers"):
        _leaf(part, contents, bodies, kind)


def _choose(part, contents, bodies, depth):
    """Of alternatives the first that says something is the body (plain text comes first); files of all are kept."""
    found = []
    for child in part.get_payload():
        one = []
        _walk(child, contents, one, depth=depth + 1)
        found.append("\n\n".join(one).strip())
    bodies += [next((text for text in found if text), "")]


def _leaf(part, contents, bodies, kind):
    data = _payload(part)
    headers = Headers(part)
    is_file = headers.get("content-disposition").lower().startswith("attachment") or bool(_given_name(part))
    if kind == "text/calendar":
        bodies.append(calendars.in_words(text_of(data[:LONGEST_TEXT], _charset(part))))
        contents.add_file(_name_of(part), data)
    elif kind in ("text/plain", "text/html") and not is_file:
        text = text_of(data[: LONGEST_TEXT * 4], _charset(part))
        bodies.append(markdown_of(text) if kind == "text/html" else _plain(text, headers))
    elif kind in _TNEF or _name_of(part).lower() == "winmail.dat":
        _unpack_tnef(data, contents, bodies)
    else:
        contents.add_file(_name_of(part), data)


def _plain(text, headers):
    """Plain text; with `format=flowed` (RFC 3676) its soft line ends are joined."""
    text = re.sub("[\ue010-\ue012]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "format=flowed" in headers.get("content-type").lower():
        text = re.sub(r"(?m)^((?!-- $)(?!>).*\S) \n(?!>)", r"\1 ", text)
    return text.replace("\0", "").strip()


def _unpack_tnef(data, contents, bodies):
    """What Outlook packed into winmail.dat; the file itself when it cannot be opened."""
    try:
        packed = TNEF(data[:LARGEST_FILE], do_checksum=False)
        for attachment in packed.attachments:
            name = attachment.long_filename() or attachment.name or "file"
            name = text_of(name) if isinstance(name, bytes) else str(name)
            contents.add_file(" ".join(name.replace("\0", "").split())[:200], bytes(attachment.data or b""))
        html, body = packed.htmlbody, packed.body
    except Exception:  # The format is guesswork in every reader of it; whatever it trips over, the letter is kept.
        contents.add_file("winmail.dat", data)
        return
    if html:
        bodies.append(markdown_of(html if isinstance(html, str) else text_of(html)))
    elif body:
        bodies.append(body if isinstance(body, str) else text_of(body))


def _payload(part) -> bytes:
    """The decoded bytes of a leaf; what is damaged stays as it came."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, AssertionError, LookupError):
        data = None
    if isinstance(data, bytes):
        return data
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _forwarded(part) -> bytes:
    inner = part.get_payload()
    inner = inner[0] if isinstance(inner, list) and inner else inner
    try:
        return inner.as_bytes() if hasattr(inner, "as_bytes") else str(inner).encode("utf-8", "surrogateescape")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return b""


def _charset(part) -> str:
    try:
        return str(part.get_param("charset") or "")
    except (ValueError, TypeError, LookupError):
        return ""


def _given_name(part) -> str:
    """The file name as any program wrote it: RFC 2231, encoded words where they do not belong, raw bytes."""
    try:
        name = part.get_filename()
    except (ValueError, TypeError, LookupError):
        return ""
    return decoded(text_of(str(name).encode("utf-8", "surrogateescape")))[:200] if name else ""


def _name_of(part) -> str:
    kind = part.get_content_type()
    stem = {"text/calendar": "invite", "message/rfc822": "message"}.get(kind, "file")
    return _given_name(part) or stem + _SUFFIXES.get(kind, "")
