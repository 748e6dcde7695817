"""The kinds of news a person can choose, the ways they come, and what holds until somebody chooses."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    RECEIVED = "received", _("My ticket was received")
    REPLIED = "replied", _("Somebody replied to my ticket")
    WAITING = "waiting", _("My ticket waits for my answer")
    RESOLVED = "resolved", _("My ticket was resolved")
    CLOSED = "closed", _("My ticket was closed or cancelled")
    SURVEY = "survey", _("How satisfied was I?")
    SHARED = "shared", _("Somebody shared a ticket with me")
    WATCHED = "watched", _("News on tickets I watch")
    MENTIONED = "mentioned", _("Somebody mentioned me")
    ASSIGNED = "assigned", _("A ticket was assigned to me")
    ESCALATED = "escalated", _("A ticket was escalated or sent back to my team")
    ANSWERED = "answered", _("The requester replied on a ticket I work on")
    REOPENED = "reopened", _("A ticket I work on was reopened")
    NUDGED = "nudged", _("Somebody urges a ticket I work on")
    RESUMED = "resumed", _("The waiting time of a ticket I work on is over")
    ACTIVITY = "activity", _("Colleagues on tickets I work on")
    QUEUED = "queued", _("News in my team's queue")
    RAISED = "raised", _("A ticket was brought to me as a lead")
    SLA_WARNING = "sla_warning", _("A deadline comes near")
    SLA_BREACHED = "sla_breached", _("A deadline was missed")
    SLA_ESCALATED = "sla_escalated", _("A deadline was escalated to me")
    ON_CALL = "on_call", _("I am called and have to answer")
    LOW_SCORE = "low_score", _("Somebody was dissatisfied with my team")
    APPROVAL = "approval", _("Somebody needs my approval")
    DECIDED = "decided", _("My request was approved or rejected")
    STUCK = "stuck", _("An approval has nobody who can decide")
    PROGRESS = "progress", _("A step of my request is done")
    TASK = "task", _("A task waits for me")
    MAJOR = "major", _("News of a major incident")
    CHANGE = "change", _("News of a change I prepare or carry out")
    PROBLEM = "problem", _("News of a problem I own")
    RECURRENCE = "recurrence", _("Incidents recur, and I decide what becomes of it")
    BOARD = "board", _("Meetings of a change board I sit on")
    TEMPLATE = "template", _("A template of standard changes that I wrote or approved")
    ARTICLE = "article", _("An article that I write, review, keep or commented on")
    LEARNING = "learning", _("My skills, what runs out and what I learn")
    RECORD = "record", _("A record of mine in the configuration database")
    AGREEMENT = "agreement", _("An agreement waits for me")
    PASSWORD = "password", _("New password")
    INVITED = "invited", _("Invitation")
    ABSENCE = "absence", _("I stand in for somebody, or a turn on call falls into an absence")
    HANDED_OVER = "handed_over", _("Somebody left, and what they held is mine")
    SWEEP_BEHIND = "sweep_behind", _("Deadlines are not watched in time")
    CALENDAR = "calendar", _("A working calendar needs attention")


def kinds() -> list[tuple[str, str]]:
    """The choices of the columns that hold a kind: by name, so that another kind needs no migration."""
    return Kind.choices


class Way(models.TextChoices):
    MAIL = "mail", _("By e-mail")
    BELL = "bell", _("In the bell")
    CHAT = "chat", _("In my chat")


class Default(NamedTuple):
    mail: bool
    bell: bool
    chat: bool


DEFAULTS = {
    Kind.RECEIVED: Default(mail=True, bell=False, chat=False),
    Kind.SURVEY: Default(mail=True, bell=False, chat=False),
    Kind.ACTIVITY: Default(mail=False, bell=True, chat=False),
    Kind.QUEUED: Default(mail=False, bell=True, chat=False),
    Kind.SLA_WARNING: Default(mail=False, bell=True, chat=True),
    Kind.ARTICLE: Default(mail=True, bell=True, chat=False),
    Kind.RECORD: Default(mail=True, bell=True, chat=False),
    Kind.LEARNING: Default(mail=True, bell=True, chat=False),
    Kind.BOARD: Default(mail=True, bell=True, chat=False),
    Kind.TEMPLATE: Default(mail=True, bell=True, chat=False),
    Kind.RECURRENCE: Default(mail=True, bell=True, chat=False),
}
EVERY_WAY = Default(mail=True, bell=True, chat=True)

REQUESTER_KINDS = (
    Kind.RECEIVED,
    Kind.REPLIED,
    Kind.WAITING,
    Kind.RESOLVED,
    Kind.CLOSED,
    Kind.SURVEY,
    Kind.SHARED,
    Kind.WATCHED,
    Kind.APPROVAL,
    Kind.DECIDED,
    Kind.PROGRESS,
    Kind.MAJOR,
    Kind.RECORD,
    Kind.ARTICLE,
    Kind.LEARNING,
)
DESK_KINDS = (
    Kind.MENTIONED,
    Kind.ASSIGNED,
    Kind.ESCALATED,
    Kind.ANSWERED,
    Kind.REOPENED,
    Kind.NUDGED,
    Kind.RESUMED,
    Kind.ACTIVITY,
    Kind.QUEUED,
    Kind.RAISED,
    Kind.SLA_WARNING,
    Kind.SLA_BREACHED,
    Kind.SLA_ESCALATED,
    Kind.ON_CALL,
    Kind.LOW_SCORE,
    Kind.TASK,
    Kind.CHANGE,
    Kind.PROBLEM,
    Kind.RECURRENCE,
    Kind.BOARD,
    Kind.TEMPLATE,
    Kind.STUCK,
)

# Somebody who cannot sign in cannot choose, a system in trouble does not ask, a signature is owed: these always come,
# and so does what somebody became responsible for.
ALWAYS = (
    Kind.PASSWORD, Kind.INVITED, Kind.ABSENCE, Kind.HANDED_OVER, Kind.SWEEP_BEHIND, Kind.CALENDAR, Kind.AGREEMENT,
)  # fmt: skip
# Mails of these may wait for the hours a person chose.
ABOUT_DEADLINES = (Kind.SLA_WARNING, Kind.SLA_BREACHED, Kind.SLA_ESCALATED)


def default_of(kind) -> Default:
    """What a person gets who never chose."""
    return DEFAULTS.get(kind, EVERY_WAY)


def ways_of(kind) -> list:
    """The ways news of a kind can come: a line in a chat is about a ticket."""
    about_no_ticket = (Kind.ARTICLE, Kind.RECORD, Kind.BOARD, Kind.TEMPLATE, Kind.LEARNING, Kind.RECURRENCE)
    return [way for way in Way if way != Way.CHAT or kind not in about_no_ticket]


def kinds_for(user) -> tuple:
    """The kinds a person can meet: people of the desk raise tickets too."""
    return REQUESTER_KINDS + DESK_KINDS if user.is_staff_member else REQUESTER_KINDS
