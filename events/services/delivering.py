"""Claiming owed reactions and running them, each once."""

import logging
import traceback
from datetime import timedelta

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from events.models import Delivery
from events.services.publishing import caused_by

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
LEASE = timedelta(seconds=30)
BATCH = 100

# Materialized: a plan may run a plain subquery once per row, and then claims more than the limit.
_CLAIM = """
    WITH due AS MATERIALIZED (SELECT id FROM events_delivery
                               WHERE state = 'pending' AND not_before <= clock_timestamp()
                               ORDER BY not_before, id LIMIT %s FOR UPDATE SKIP LOCKED)
    UPDATE events_delivery SET attempts = attempts + 1, not_before = clock_timestamp() + %s
      FROM due WHERE events_delivery.id = due.id
    RETURNING events_delivery.id, attempts
"""

# Reached its last attempt and its lease ran out: it took its worker with it every time.
_GIVE_UP = """
    UPDATE events_delivery SET state = 'dead', last_error = last_error || 'the worker died with it'
     WHERE state = 'pending' AND not_before <= clock_timestamp() AND attempts >= %s
"""


def deliver_due(*, limit=BATCH) -> int:
    """Run up to `limit` due deliveries; returns how many were claimed. Any number of workers may call this.

    A claim is committed before the work: a handler that kills its process is counted, comes back when its lease
    of 30 seconds ends, and is declared dead after 8 attempts instead of looping for ever.
    """
    claimed = 0
    while claimed < limit:
        batch = _claim(min(10, limit - claimed))
        if not batch:
            break
        claimed += len(batch)
        for pk, attempt in sorted(batch):
            _run(pk, attempt)
    return claimed


def replay(delivery, *, actor=None) -> None:
    """Owe a dead delivery again, from its first attempt."""
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.DEAD).update(
        state=Delivery.State.PENDING, attempts=0, not_before=Now(), last_error=""
    )


def _claim(limit):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [MAX_ATTEMPTS])
        cursor.execute(_CLAIM, [limit, LEASE])
        return cursor.fetchall()


def _run(pk, attempt):
    try:
        with transaction.atomic():
            # The attempt number is a fencing token: a slow worker whose lease ran out finds another number. A claim
            # beside this one may hold the row for a moment; skipped, it would have to wait for its lease to end.
            delivery = (
                Delivery.objects.select_for_update(of=("self",))
                .select_related("event")
                .filter(pk=pk, attempts=attempt, state=Delivery.State.PENDING)
                .first()
            )
            if delivery is None:
                return
            with caused_by(delivery.event):
                import_string(delivery.handler)(delivery.event)
            Delivery.objects.filter(pk=pk).update(state=Delivery.State.DONE, done_at=Now(), last_error="")
    except Exception:
        _put_back(pk, attempt, traceback.format_exc(limit=8))


def _put_back(pk, attempt, error):
    logger.exception("delivery %s failed (attempt %s)", pk, attempt)
    is_dead = attempt >= MAX_ATTEMPTS
    Delivery.objects.filter(pk=pk, attempts=attempt).update(
        state=Delivery.State.DEAD if is_dead else Delivery.State.PENDING,
        not_before=Now() + timedelta(seconds=min(2**attempt, 3600)),
        last_error=error[-4000:],
    )
