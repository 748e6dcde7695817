"""Text and CSV: whatever encoding and delimiter a spreadsheet of the country left behind."""

import csv
import io
from collections import Counter

from django.utils.translation import gettext as _

from core.readers.limits import MOST_COLUMNS, Unreadable

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t|"


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else GB18030. Raises Unreadable for anything else."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            found = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in found[:4096]:
            return found
    raise Unreadable(_("This is no text in UTF-8, UTF-16 or GB18030. Save it as CSV in UTF-8."))


def lines(found: str):
    """(line number, cells) of a CSV text."""
    reader = csv.reader(io.StringIO(found, newline=""), delimiter=_delimiter(found), strict=False)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_("Line %(number)s cannot be read: %(why)s.") % {"number": number, "why": error}) from None
        yield number, row[: MOST_COLUMNS + 1]


def _delimiter(found) -> str:
    """What separates cells: the mark that occurs most often in the headings, outside quotation marks."""
    headings = next((line for line in found[:65_536].splitlines() if line.strip()), "")
    outside = "".join(headings.split('"')[::2])
    counted = Counter(mark for mark in outside if mark in _DELIMITERS)
    return max(_DELIMITERS, key=lambda mark: (counted[mark], -_DELIMITERS.index(mark)))
