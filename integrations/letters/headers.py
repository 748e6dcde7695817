"""Header lines: encoded words, addresses, Message-IDs."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses

from integrations.letters.charsets import text_of
from integrations.letters.letter import Address

LONGEST = 10_000
_ID = re.compile(r"<[^<>\s]{1,300}>")
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,120}@[^\s@<>\"(),:;\\\[\]]{1,130}")


class Headers:
    """The raw header lines of a message or part, read with care. Names in any case; only the first of each by `get`."""

    def __init__(self, message):
        self._lines = {}
        for name, value in message.raw_items():
            self._lines.setdefault(name.lower(), []).append(_unbroken(value))

    def get(self, name) -> str:
        """The first line called `name`, undecoded; empty when there is none."""
        return next(iter(self._lines.get(name, ())), "")

    def all(self, *names) -> list[str]:
        return [value for name in names for value in self._lines.get(name, ())]

    def words(self, name) -> str:
        """The line called `name` as people read it."""
        return decoded(self.get(name))

    def addresses(self, *names) -> list[Address]:
        """The people on these lines whose address can be one, in lower case."""
        found = getaddresses(self.all(*names)[:20])
        return [
            Address(decoded(name)[:200], address.lower())
            for name, address in found[:200]
            if _ADDRESS.fullmatch(address)
        ]

    def ids(self, name) -> list[str]:
        return _ID.findall(" ".join(self.all(name)))[-50:]


def decoded(value) -> str:
    """`value` with its encoded words (RFC 2047) read, on one line, without marks that steer a terminal or a header."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    text = "".join(_piece(piece, charset) for piece, charset in pieces)
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _piece(piece, charset):
    if isinstance(piece, str):
        return piece
    if charset is None:
        return piece.decode("raw-unicode-escape", "replace")
    return text_of(piece, charset)


def _unbroken(value) -> str:
    """One line, its raw bytes read as text."""
    raw = str(value)[:LONGEST].encode("utf-8", "surrogateescape")
    return " ".join(text_of(raw).split())
