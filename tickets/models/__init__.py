from tickets.models.approving import ApprovalRound, ApprovalSlot, ApprovalStage
from tickets.models.articles import TicketArticle
from tickets.models.bulk import BulkJob
from tickets.models.category import Category, PriorityRule
from tickets.models.conversation import Attachment, Comment
from tickets.models.desk import Draft, KeyChoice, Presence, SavedView
from tickets.models.prepared import CannedReply, Macro, TicketTemplate
from tickets.models.relations import TicketLink, Watcher
from tickets.models.skills import SkillRequirement
from tickets.models.tasks import Task
from tickets.models.ticket import Ticket, TicketQuerySet
from tickets.models.work import ChecklistItem, RunbookRun, Snooze, Tag, TicketTag, TimeEntry
from tickets.vocabulary import Channel, Level, PendingReason, Priority, ResolutionCode

__all__ = [
    "ApprovalRound",
    "ApprovalSlot",
    "ApprovalStage",
    "Attachment",
    "BulkJob",
    "CannedReply",
    "Category",
    "Channel",
    "ChecklistItem",
    "Comment",
    "Draft",
    "KeyChoice",
    "Level",
    "Macro",
    "PendingReason",
    "Presence",
    "Priority",
    "PriorityRule",
    "ResolutionCode",
    "RunbookRun",
    "SavedView",
    "SkillRequirement",
    "Snooze",
    "Tag",
    "Task",
    "Ticket",
    "TicketArticle",
    "TicketLink",
    "TicketQuerySet",
    "TicketTag",
    "TicketTemplate",
    "TimeEntry",
    "Watcher",
]
