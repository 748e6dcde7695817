"""Files as rows: CSV, XLSX, JSON. Pure: no queries. Nothing a file says about its own size is believed."""

from core.readers.reading import LONGEST_FILE, MOST_COLUMNS, MOST_ROWS, Sheet, Unreadable, read, read_stored

__all__ = ["LONGEST_FILE", "MOST_COLUMNS", "MOST_ROWS", "Sheet", "Unreadable", "read", "read_stored"]
