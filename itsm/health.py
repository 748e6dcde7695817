"""How the system is: what readiness says and what metrics count. Reads only; a failure is an answer, too."""

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from prometheus_client.core import GaugeMetricFamily

from core import clock
from events.models import Delivery
from notifications.models import Mail
from sla.selectors import audits, lateness
from tickets.models import Ticket

# Later than this, a reaction or a deadline waits for workers that do not come.
LATE_SECONDS = 120
_WAITING_MAIL = Q(state__in=("queued", "failed", "sending"))
_found_migrated = False


def examine() -> tuple[str, dict]:
    """(ok | degraded | unavailable, details). Durations in seconds."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _is_migrated():
            return "unavailable", {"database": "ok", "migrations": "missing"}
        details = {"database": "ok", "migrations": "ok", "broker": _broker(), **_backlog()}
    except Error:
        return "unavailable", {"database": "down"}
    late = max(details["oldest_delivery_seconds"], details["oldest_deadline_seconds"]) > LATE_SECONDS
    is_degraded = late or details["broker"] != "ok" or details["oldest_mail_seconds"] > LATE_SECONDS
    return "degraded" if is_degraded else "ok", details


def _is_migrated() -> bool:
    """Once seen, it stays so for this process: a new version is a new process."""
    global _found_migrated
    if not _found_migrated:
        executor = MigrationExecutor(connection)
        _found_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _found_migrated


def _broker() -> str:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)
    try:
        return "ok" if client.ping() else "down"
    except redis.RedisError:
        return "down"
    finally:
        client.close()


def _backlog() -> dict:
    now = clock.now()

    def age(rows, field):
        oldest = rows.filter(**{f"{field}__lte": now}).aggregate(oldest=Min(field))["oldest"]
        return max(0, round((now - oldest).total_seconds())) if oldest else 0

    return {
        "oldest_delivery_seconds": age(Delivery.objects.filter(state="pending"), "not_before"),
        "oldest_deadline_seconds": lateness.oldest_due_seconds(),
        "oldest_mail_seconds": age(Mail.objects.filter(_WAITING_MAIL), "not_before"),
        "mail_waiting": Mail.objects.filter(_WAITING_MAIL).count(),
    }


class Figures:
    """Gauges read from the database at each scrape, the same from whichever process answers."""

    def collect(self):
        try:
            yield from self._gauges()
        except Error:
            yield GaugeMetricFamily("itsm_database_up", "Whether the database answers.", value=0)

    def _gauges(self):
        tickets = GaugeMetricFamily("itsm_open_tickets", "Open tickets.", labels=["kind", "priority"])
        for kind, priority, number in (
            Ticket.objects.filter(is_open=True).order_by().values_list("kind", "priority").annotate(n=Count("pk"))
        ):
            tickets.add_metric([kind, f"P{priority}"], number)
        backlog, firings = _backlog(), lateness.recent_lateness()
        rows = (
            ("itsm_deliveries_pending", "Reactions owed.", Delivery.objects.filter(state="pending").count()),
            ("itsm_deliveries_dead", "Reactions given up.", Delivery.objects.filter(state="dead").count()),
            ("itsm_mails_waiting", "Mails to be sent.", backlog["mail_waiting"]),
            ("itsm_mails_dead", "Mails given up.", Mail.objects.filter(state="dead").count()),
            ("itsm_oldest_delivery_seconds", "Age of the oldest overdue reaction.", backlog["oldest_delivery_seconds"]),
            ("itsm_oldest_deadline_seconds", "Age of the oldest unswept deadline.", backlog["oldest_deadline_seconds"]),
            ("itsm_recent_firings", "Deadlines fired in the last 15 minutes.", firings["number"]),
            ("itsm_recent_firing_lateness_mean_seconds", "How late they were on average.", firings["mean"]),
            ("itsm_recent_firing_lateness_max_seconds", "How late the latest was.", firings["highest"]),
            (
                "itsm_clock_audit_differences",
                "Differences that the last audit found.",
                audits.differences(),
            ),
            ("itsm_clock_audit_age_seconds", "Age of the last audit of the clocks; -1: never.", audits.age_seconds()),
            ("itsm_oldest_mail_seconds", "Age of the oldest overdue mail.", backlog["oldest_mail_seconds"]),
        )
        found = [GaugeMetricFamily(name, text, value=value) for name, text, value in rows]
        yield from (tickets, *found, GaugeMetricFamily("itsm_database_up", "Whether the database answers.", value=1))
