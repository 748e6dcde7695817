"""A change and what is kept about it, and the calendar it must fit into."""

from changes.models.boards import Board
from changes.models.calendar import Freeze, MaintenanceWindow
from changes.models.change import Change
from changes.models.collisions import Collision, CollisionCheck, WindowException
from changes.models.feeds import CalendarFeed
from changes.models.meetings import AgendaItem, BoardMeeting
from changes.models.review import CausedIncident
from changes.models.risk import RiskAssessment, RiskQuestion, RiskRoute
from changes.models.templates import ChangeTemplate

__all__ = [
    "AgendaItem",
    "Board",
    "BoardMeeting",
    "CalendarFeed",
    "CausedIncident",
    "Change",
    "ChangeTemplate",
    "Collision",
    "CollisionCheck",
    "Freeze",
    "MaintenanceWindow",
    "RiskAssessment",
    "RiskQuestion",
    "RiskRoute",
    "WindowException",
]
