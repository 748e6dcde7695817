"""Resources of tickets of any kind. Kinds of their own (incidents) build on these."""

from tickets.api.conversation import AttachmentViewSet, CommentViewSet
from tickets.api.moves import EventViewSet, TransitionViewSet
from tickets.api.relations import CategoryViewSet, LinkViewSet, WatcherViewSet
from tickets.api.ticket import TicketViewSet
from tickets.api.timekeeping import TimeEntryViewSet
from tickets.api.work import ApprovalViewSet, TaskViewSet

__all__ = [
    "ApprovalViewSet",
    "AttachmentViewSet",
    "CategoryViewSet",
    "CommentViewSet",
    "EventViewSet",
    "LinkViewSet",
    "TaskViewSet",
    "TicketViewSet",
    "TimeEntryViewSet",
    "TransitionViewSet",
    "WatcherViewSet",
]
