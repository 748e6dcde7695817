"""Releasing threads at one instant."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils import translation


def together(count, action):
    """Run `action(n)` in `count` threads released at one instant; returns results and exceptions in order."""
    barrier = threading.Barrier(count)

    def run(n):
        try:
            with translation.override("en"):
                barrier.wait(timeout=20)
                return action(n)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))
