"""The Monday on which stories of clocks begin, and the two moves that all of them make."""

from datetime import UTC, datetime, timedelta

from core import clock
from tickets import services as tickets

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
HOUR = 3600


def at(hours=0, minutes=0, seconds=0):
    """Within the block it is so long after nine o'clock."""
    return clock.travel(MONDAY + timedelta(hours=hours, minutes=minutes, seconds=seconds))


def take(ticket, name, actor, **values):
    return tickets.take_transition(ticket, name, actor=actor, values=values)
