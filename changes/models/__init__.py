"""A change and what is kept about it, and the calendar it must fit into."""

from changes.models.calendar import Freeze, MaintenanceWindow
from changes.models.change import Change
from changes.models.collisions import Collision, CollisionCheck, WindowException
from changes.models.feeds import CalendarFeed

__all__ = [
    "CalendarFeed",
    "Change",
    "Collision",
    "CollisionCheck",
    "Freeze",
    "MaintenanceWindow",
    "WindowException",
]
