"""The first sheet of a workbook, read as a stream; what would unpack into too much is not unpacked."""

import io
import zipfile
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.readers.limits import LONGEST_UNPACKED, MOST_COLUMNS, Unreadable

MOST_PARTS = 2000
# What openpyxl raises for a workbook that lies about itself.
_BROKEN = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, EOFError,
           IndexError, SyntaxError, NotImplementedError)  # fmt: skip


def lines(content: bytes):
    """(row number, cells as text) of the first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LONGEST_UNPACKED:
            raise Unreadable(_("Unpacked, this workbook is too large. Save the sheet as CSV."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_text(value) for value in row[: MOST_COLUMNS + 1]]
    except Unreadable:
        raise
    except _BROKEN:
        raise Unreadable(_("This workbook cannot be read. Save it again as .xlsx, or as CSV.")) from None


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
