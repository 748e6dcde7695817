"""How far a long job is, seen from outside the one transaction that it is."""

import time

from django.db import connection

TELL_EVERY = 1.0  # seconds


class Progress:
    """Writes `done` and `total` of a row about once a second, over a connection of its own: what the job's transaction
    writes is seen only when it is all done."""

    def __init__(self, row):
        self.row, self.total = row, 0
        self._told_at, self._line = time.monotonic(), None

    def __enter__(self):
        return self

    def __call__(self, done):
        if time.monotonic() < self._told_at + TELL_EVERY:
            return
        self._line = self._line or connection.copy()
        with self._line.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.row._meta.db_table} SET done = %s, total = %s WHERE id = %s",
                [done, self.total, self.row.pk],
            )
        self._told_at = time.monotonic()

    def __exit__(self, *_error):
        if self._line is not None:
            self._line.close()
