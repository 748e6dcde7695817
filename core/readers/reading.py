"""Which kind of file it is, its headings, and its rows one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from core.readers import listing, sheets, text
from core.readers.limits import LONGEST_FILE, MOST_COLUMNS, MOST_ROWS, Unreadable

LONGEST_CELL = 2000

__all__ = ["LONGEST_FILE", "MOST_COLUMNS", "MOST_ROWS", "Sheet", "Unreadable", "read", "read_stored"]


@dataclass(frozen=True)
class Sheet:
    """`columns` are the headings; `rows` gives (line number as an editor shows it, {column: text}) once."""

    columns: list[str]
    rows: Iterator[tuple[int, dict]]


def read(content: bytes) -> Sheet:
    """A CSV, XLSX or JSON file as rows of text; which of them it is, its first bytes say.

    Raises Unreadable with a sentence for the reader: too large, empty, broken, without headings. Rows can raise it too
    while they are read, where a file breaks later on.
    """
    if len(content) > LONGEST_FILE:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": LONGEST_FILE // 2**20})
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        lines = sheets.lines(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_("This is a workbook of the old kind (.xls). Save it as .xlsx or CSV."))
    else:
        decoded = text.decoded(content)
        lines = listing.lines(decoded) if decoded.lstrip()[:1] in ("[", "{") else text.lines(decoded)
    return _with_headings(lines)


def read_stored(file) -> Sheet:
    """As `read`, of a file that was kept. Raises Unreadable, too, where it is gone."""
    try:
        with file.open("rb") as stored:
            return read(stored.read())
    except FileNotFoundError:
        raise Unreadable(_("The file is no longer there. Upload it again.")) from None


def _with_headings(lines) -> Sheet:
    number, first = next(((n, row) for n, row in lines if any(cell.strip() for cell in row)), (0, []))
    columns = [cell.strip() for cell in first]
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise Unreadable(_("The file has no headings: its first line must name the columns."))
    if len(columns) > MOST_COLUMNS:
        raise Unreadable(_("The file has more than %(limit)s columns.") % {"limit": MOST_COLUMNS})
    named = [column for column in columns if column]
    if twice := next((column for column in named if named.count(column) > 1), None):
        raise Unreadable(_("Two columns are called “%(name)s”.") % {"name": twice[:80]})
    following = _rows(columns, lines)
    begun = next(following, None)
    if begun is None:
        raise Unreadable(_("Below its headings (line %(number)s) the file has no rows.") % {"number": number})
    return Sheet(named, chain([begun], following))


def _rows(columns, lines):
    for count, (number, row) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise Unreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
        cells = {
            column: cell[:LONGEST_CELL].replace("\0", "").strip()
            for column, cell in zip(columns, row, strict=False)
            if column
        }
        if any(cells.values()):
            yield number, cells
