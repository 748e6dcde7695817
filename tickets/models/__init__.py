from tickets.models.approving import ApprovalRound, ApprovalSlot, ApprovalStage
from tickets.models.bulk import BulkJob
from tickets.models.category import Category, PriorityRule
from tickets.models.conversation import Attachment, Comment
from tickets.models.desk import Presence, SavedView
from tickets.models.relations import TicketLink, Watcher
from tickets.models.ticket import Ticket, TicketQuerySet
from tickets.models.tasks import Task
from tickets.vocabulary import Channel, Level, PendingReason, Priority, ResolutionCode

__all__ = [
    "Attachment",
    "BulkJob",
    "ApprovalRound",
    "ApprovalSlot",
    "ApprovalStage",
    "Category",
    "Channel",
    "Comment",
    "Level",
    "PendingReason",
    "Presence",
    "Priority",
    "PriorityRule",
    "ResolutionCode",
    "SavedView",
    "Ticket",
    "TicketLink",
    "TicketQuerySet",
    "Watcher",
]
    "Snooze",
    "Tag",
    "Task",
