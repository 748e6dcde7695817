"""A staff directory from a file: checked and applied by the same code, nobody deactivated by it."""

from accounts.services.directory.runs import discard, map_columns, order_apply, sheet_of, upload
from accounts.services.directory.working import work, work_all

__all__ = ["discard", "map_columns", "order_apply", "sheet_of", "upload", "work", "work_all"]
