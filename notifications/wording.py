"""The words of news: one sentence for the bell, a short phrase for a mail's subject. In the active language."""

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Team, User
from core.templatetags.presentation import due_words
from notifications.vocabulary import Kind
from sla.vocabulary import HISTORY_WORDS
from tickets.sentences import Names, clock_fired, sentence, with_lateness

_SHORT = {
    Kind.RECEIVED: gettext_lazy("Received"),
    Kind.REPLIED: gettext_lazy("New reply"),
    Kind.WAITING: gettext_lazy("We need your answer"),
    Kind.RESOLVED: gettext_lazy("Solved: please confirm"),
    Kind.CLOSED: gettext_lazy("Closed"),
    Kind.SURVEY: gettext_lazy("How did we do?"),
    Kind.SHARED: gettext_lazy("Shared with you"),
    Kind.WATCHED: gettext_lazy("News"),
    Kind.MENTIONED: gettext_lazy("You were mentioned"),
    Kind.ASSIGNED: gettext_lazy("Assigned to you"),
    Kind.ESCALATED: gettext_lazy("Escalated to your team"),
    Kind.ANSWERED: gettext_lazy("The requester replied"),
    Kind.REOPENED: gettext_lazy("Reopened"),
    Kind.NUDGED: gettext_lazy("Urgent request"),
    Kind.RESUMED: gettext_lazy("Waiting time over"),
    Kind.ACTIVITY: gettext_lazy("News"),
    Kind.QUEUED: gettext_lazy("In your team's queue"),
    Kind.RAISED: gettext_lazy("Your attention is asked for"),
    Kind.SLA_WARNING: gettext_lazy("Deadline near"),
    Kind.SLA_BREACHED: gettext_lazy("Deadline missed"),
    Kind.SLA_ESCALATED: gettext_lazy("Escalated to you"),
    Kind.ON_CALL: gettext_lazy("On call: please answer"),
    Kind.LOW_SCORE: gettext_lazy("Low rating"),
    Kind.APPROVAL: gettext_lazy("Your approval is needed"),
    Kind.DECIDED: gettext_lazy("Decided"),
    Kind.STUCK: gettext_lazy("Nobody can approve"),
    Kind.PROGRESS: gettext_lazy("News"),
    Kind.TASK: gettext_lazy("Task"),
    Kind.MAJOR: gettext_lazy("Major incident"),
    Kind.CHANGE: gettext_lazy("News of a change"),
    Kind.PROBLEM: gettext_lazy("News of a problem"),
}
_LONG = {
    Kind.RECEIVED: gettext_lazy("We have received your report. Its number is %(number)s."),
    Kind.REPLIED: gettext_lazy("%(who)s replied to your ticket."),
    Kind.WAITING: gettext_lazy("%(who)s needs an answer from you to go on."),
    Kind.RESOLVED: gettext_lazy("%(who)s has solved your ticket. Does it work again?"),
    Kind.CLOSED: gettext_lazy("Your ticket is closed."),
    Kind.SURVEY: gettext_lazy("Your ticket is closed. How satisfied are you? One click is enough."),
    Kind.SHARED: gettext_lazy("%(who)s shared a ticket with you: you may read it and reply."),
    Kind.MENTIONED: gettext_lazy("%(who)s mentioned you."),
    Kind.ASSIGNED: gettext_lazy("%(who)s assigned a ticket to you."),
    Kind.ESCALATED: gettext_lazy("%(who)s escalated a ticket to your team."),
    Kind.ANSWERED: gettext_lazy("%(who)s replied on a ticket you work on."),
    Kind.REOPENED: gettext_lazy("%(who)s reopened a ticket you work on."),
    Kind.NUDGED: gettext_lazy("%(who)s urges you to go on with this ticket."),
    Kind.RESUMED: gettext_lazy("The waiting time is over, work can go on."),
    Kind.RAISED: gettext_lazy("%(who)s asks for your attention as a lead."),
    Kind.APPROVAL: gettext_lazy("%(requester)s asks for your approval: %(step)s."),
    Kind.STUCK: gettext_lazy("The approval “%(step)s” waits for somebody who cannot decide. Please hand it over."),
    Kind.PROGRESS: gettext_lazy("A step of your request is done: %(title)s."),
    Kind.TASK: gettext_lazy("A task is yours: %(title)s."),
    Kind.LOW_SCORE: gettext_lazy("%(who)s gave %(score)s of 5. Please get in touch."),
}

_OF_TASK = {
    "task.due": gettext_lazy("A task is due today, %(day)s: %(title)s."),
    "task.late": gettext_lazy("A task was due on %(day)s and is late: %(title)s."),
}

_ARTICLE = {
    "article.submitted": gettext_lazy("%(who)s asks for a review of an article."),
    "article.sent_back": gettext_lazy("%(who)s sent an article back to you."),
    "article.scheduled": gettext_lazy("%(who)s approved an article for a date."),
    "article.described": gettext_lazy("%(who)s changed who may read an article of yours, or who answers for it."),
    "article.held_up": gettext_lazy("An article could not be published at its time."),
    "article.published": gettext_lazy("Your article is published."),
    "article.rated": gettext_lazy("%(who)s commented on an article you keep."),
    "article.follow_up_opened": gettext_lazy("Several readers say that an article of yours does not help them."),
    "article.follow_up_answered": gettext_lazy("%(who)s answered what you said about an article."),
    "article.review_due": gettext_lazy("Please look at an article again: is it still right?"),
    "article.review_reminded": gettext_lazy("An article still waits for your word: is it still right?"),
    "article.review_escalated": gettext_lazy("An article was not confirmed in time. Somebody has to look at it."),
    "article.superseded": gettext_lazy("A translation is behind: the text it follows has a new version."),
}

_RECORD = {
    "item.disputed": gettext_lazy("%(who)s says that a record of yours is wrong."),
    "attestation.opened": gettext_lazy("%(who)s asks you to confirm what is recorded as yours."),
    "attestation.handed_over": gettext_lazy("%(who)s says that a record is yours. Please confirm it."),
    "attestation.reminded": gettext_lazy("Please confirm what is recorded as yours."),
}

_BOARD = {
    "board_meeting.called": gettext_lazy("%(who)s calls your board together: %(time)s."),
    "board_meeting.moved": gettext_lazy("%(who)s moved a meeting of your board: it is %(time)s now."),
    "board_meeting.cancelled": gettext_lazy("%(who)s cancelled the meeting of your board %(time)s."),
    "board_meeting.closed": gettext_lazy("The minutes of a meeting of your board are out."),
    "change_template.expiring": gettext_lazy("A template of standard changes expires after %(day)s."),
    "change_template.expired": gettext_lazy("A template of standard changes has expired: nobody can use it."),
    "change_template.suspended": gettext_lazy("A template of standard changes is suspended: too many changes failed."),
}

_LEARNING = {
    "user.skill_rated": gettext_lazy("%(who)s recorded what you can do."),
    "user.skill_lost": gettext_lazy("%(who)s removed a skill of yours."),
    "user.skill_claimed": gettext_lazy("%(person)s claims a skill. Please confirm it, or say why not."),
    "user.skill_declined": gettext_lazy("%(who)s did not confirm a skill that you claimed."),
    "user.skill_expiring": gettext_lazy("A skill of %(person)s runs out after %(day)s."),
    "user.skill_expired": gettext_lazy("A skill of %(person)s has run out: it no longer counts for new tickets."),
    "training-session.called": gettext_lazy("You are to give a course: %(time)s."),
    "training-session.moved": gettext_lazy("%(who)s moved a course or its place: it is %(time)s now."),
    "training-session.cancelled": gettext_lazy("%(who)s cancelled a course of %(time)s."),
    "training-session.enrolled": gettext_lazy("%(who)s enrolled you for a course: %(time)s."),
    "training-session.withdrawn": gettext_lazy("%(who)s withdrew your enrolment for a course of %(time)s."),
    "training-session.moved_up": gettext_lazy("A seat came free for you: a course %(time)s."),
    "training-plan.item_added": gettext_lazy("%(who)s planned a course for you."),
    "assessment.made": gettext_lazy("%(who)s assessed what you can do."),
    "skill.last_holder_lost": gettext_lazy("%(team)s has lost the last person with a skill that its work needs."),
}

_PATH = {
    "path.given": gettext_lazy("Please read a path until %(day)s."),
    "path.finished": gettext_lazy("%(person)s has finished a reading path."),
    "path.stuck": gettext_lazy("%(person)s has no try left in a quiz. You can allow another one."),
    "path.try_allowed": gettext_lazy("%(who)s allows you another try in a quiz."),
    "path.step_lost": gettext_lazy("An article of a reading path is retired: its step is skipped now."),
    "path.step_skipped": gettext_lazy("An article on your reading path was retired. You need not read it any more."),
    "path.due_soon": gettext_lazy("Please finish a reading path by %(day)s."),
    "path.late": gettext_lazy("%(person)s is late: a reading path was to be finished by %(day)s."),
    "path.certificate_ending": gettext_lazy("A certificate of %(person)s ends after %(day)s."),
    "path.certificate_over": gettext_lazy("A certificate of %(person)s has ended."),
    "path.cut_short": gettext_lazy("Nothing is left to do on your reading path: you have finished it."),
}


def headline(kind, event, ticket) -> str:
    """What happened, as one sentence for the person who is told of it as `kind`."""
    if kind == Kind.AGREEMENT:
        return of_agreement(event)
    if kind == Kind.ARTICLE:
        return of_article(event)
    if kind == Kind.RECORD:
        return of_record(event)
    if kind == Kind.LEARNING:
        return of_path(event) if event.subject_kind == "path" else of_learning(event)
    if kind == Kind.RECURRENCE:
        return of_recurrence(event)
    if kind in (Kind.BOARD, Kind.TEMPLATE):
        return of_board(event)
    if event.name.startswith("sla."):
        return _asking_for_answer(with_lateness(clock_fired(event), event), event)
    if event.name in _OF_TASK:
        return str(_OF_TASK[event.name]) % {
            "title": event.data["title"],
            "day": date_format(parse_date(event.data["due_on"])),
        }
    if kind == Kind.CLOSED and event.name.endswith(".cancelled"):
        return _("Your ticket was cancelled.")
    if event.name == "request.fulfilled" and kind == Kind.RESOLVED:
        return _("What you asked for was delivered. Is it all there?")
    if kind == Kind.ESCALATED and event.name.endswith(".sent_back"):
        return _("%(who)s sent a ticket back to your team.") % {"who": who(event)}
    if kind == Kind.DECIDED:
        return _decision(event)
    template = _LONG.get(kind)
    if template is None:
        return f"{who(event)} {_deed(event)}"
    return str(template) % {
        "who": who(event),
        "number": ticket.number,
        "score": event.data.get("score", ""),
        "requester": ticket.requester.display_name if ticket.requester else _("The service desk"),
        "step": event.data.get("stage", ""),
        "title": event.data.get("title", ""),
    }


def _decision(event):
    if event.name == "approval.granted":
        return _("Your request was approved.")
    return _("%(who)s rejected your request.") % {"who": who(event)}


def of_agreement(event) -> str:
    """What happened to an agreement, as one sentence."""
    if event.name == "agreement.review_due":
        return _("The review of an agreement is due.")
    if event.name == "agreement.expiring":
        return _("The agreement ends on %(day)s.") % {"day": event.data["ends_on"]}
    return f"{who(event)} {HISTORY_WORDS[event.name.partition('.')[2]]}"


def of_article(event) -> str:
    """What happened to an article, as one sentence."""
    return str(_ARTICLE[event.name]) % {"who": who(event)}


def of_record(event) -> str:
    """What happened to a record of the configuration database, as one sentence for its owner."""
    return str(_RECORD[event.name]) % {"who": who(event)}


def of_board(event) -> str:
    """What happened to a meeting of a board, or to a template, as one sentence for who belongs to it."""
    day, at = parse_date(event.data.get("valid_until", "")), parse_datetime(event.data.get("starts_at", ""))
    words = {"who": who(event), "time": due_words(at) if at else "", "day": date_format(day) if day else ""}
    return str(_BOARD[event.name]) % words


def of_recurrence(event) -> str:
    """That incidents recur, or that twice as many do as were told of, as one sentence for who decides about them."""
    count = event.data["count"]
    if event.name == "problem_proposal.doubled":
        said = ngettext(
            "Twice as many recur as you were told of: %(count)s incident now.",
            "Twice as many recur as you were told of: %(count)s incidents now.",
            count,
        )
    else:
        said = ngettext(
            "%(count)s incident recurs. Is there a problem behind it?",
            "%(count)s incidents recur. Is there a problem behind them?",
            count,
        )
    return said % {"count": count}


def of_learning(event) -> str:
    """What happened to somebody's skills, as one sentence for them and for whoever leads them."""
    words, day = {"who": who(event)}, parse_date(str(event.data.get("expires_on") or ""))
    if event.subject_kind == "user":
        words["person"] = User.objects.get(pk=event.subject_id).display_name
    team = Team.objects.filter(pk=event.data["team"]).first() if event.data.get("team") else None
    at = parse_datetime(str(event.data.get("starts_at") or ""))
    words |= {"time": due_words(at) if at else ""}
    words |= {"day": date_format(day) if day else "", "team": team.name if team else _("The service desk")}
    return str(_LEARNING[event.name]) % words


def of_path(event) -> str:
    """What happened on a reading path, as one sentence for its reader, who leads them, or who keeps it."""
    words, day = {"who": who(event)}, parse_date(event.data.get("due_on") or event.data.get("valid_until") or "")
    person = User.objects.filter(pk=event.data.get("person")).first()
    words |= {"person": person.display_name if person else "", "day": date_format(day) if day else ""}
    return str(_PATH[event.name]) % words


def _asking_for_answer(words, event):
    answer_by = parse_datetime(str(event.data.get("acknowledge_by") or ""))
    if answer_by is None:
        return words
    return _("%(words)s. Please acknowledge by %(time)s.") % {"words": words, "time": due_words(answer_by)}


def short(kind) -> str:
    """What happened, in a few words."""
    return str(_SHORT[kind])


def subject(kind, ticket) -> str:
    """`[INC000042] New reply: the title`, on one line whatever the title holds."""
    words = f"[{ticket.number}] {_SHORT[kind]}: {ticket.title}"
    return one_line(words)[:400]


def one_line(text) -> str:
    """`text` without anything that could end a header line."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def who(event) -> str:
    """The actor's name as the reader writes it; the system's own name for what happened by itself."""
    return event.actor.display_name if event.actor else _("The service desk")


def _deed(event):
    if event.name == "ticket.commented":
        return _("wrote an internal note") if event.data.get("is_internal") else _("replied")
    return sentence(event, Names([event]))
