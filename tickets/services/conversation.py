"""Replies, internal notes and files."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets import rules
from tickets.models import Channel, Comment, Watcher
from tickets.services import door, files, referring

MAX_COMMENT = 50_000
_MENTION = re.compile(r"(?<![\w@.])@([\w][\w.-]{1,58}\w)")


@transaction.atomic
def comment(ticket, *, actor, body="", is_internal=False, uploads=(), version=None, channel=Channel.PORTAL, at=None):
    """Say something on a ticket, with files.

    In order: lock; refuse a stale version and, on a closed ticket, words of those who do not work it (they follow up
    instead); refuse articles that readers of a public reply cannot open, and an empty text without files; the first
    public answer of somebody who works it sets `responded_at`; write comment and files; people mentioned with @login
    start watching; publish `ticket.commented`.
    Raises InvalidInput (text too long, file refused), UnreadableArticles (`referring`), NotAllowed (internal note by a
    requester), Refused (closed).
    """
    ticket = door.lock(ticket, version=version)
    if ticket.state_info.is_final and not rules.triages_it(actor, ticket):
        raise Refused(_("This ticket is closed. Report a new one, or follow up on it."))
    if not is_internal and channel != Channel.EMAIL:  # Nobody can ask a letter.
        referring.refuse_unreadable(ticket, {"body": body or ""}, author=actor)
    return add_comment(
        ticket, author=actor, body=body, is_internal=is_internal, uploads=uploads, channel=channel, at=at
    )


@transaction.atomic
def attach(ticket, *, actor, uploads, is_internal=False, version=None, at=None):
    """Add files without words. Publishes `ticket.commented` like any contribution."""
    return comment(ticket, actor=actor, uploads=uploads, is_internal=is_internal, version=version, at=at)


def add_comment(ticket, *, author, body, is_internal, uploads=(), channel=Channel.PORTAL, at=None):
    """The part of `comment` after the lock, for commands that already hold it."""
    body = clean_text(body)
    if is_internal and not rules.reads_internal(author, ticket):
        raise NotAllowed(_("Only people of the desk write internal notes."))
    if not body and not uploads:
        raise InvalidInput({"body": [_("Write something or attach a file.")]})
    if len(body) > MAX_COMMENT:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({"body": [message % {"limit": MAX_COMMENT, "length": len(body)}]})
    at = at or door.instant(ticket)
    before = door.snapshot(ticket)
    is_answer = not is_internal and not rules.raised_it(author, ticket) and author.is_staff_member
    is_first_answer = is_answer and ticket.responded_at is None
    if is_first_answer:
        ticket.responded_at = at
    said = Comment.objects.create(
        ticket_id=ticket.pk, author=author, body=body, is_internal=is_internal, channel=channel, created_at=at
    )
    stored = [files.store(ticket, upload, comment=said, actor=author, at=at) for upload in uploads]
    mentioned = _watch_mentioned(ticket, body, is_internal)
    door.write(
        ticket,
        "ticket.commented",
        actor=author,
        before=before,
        at=at,
        is_public=not is_internal,
        comment=said.pk,
        is_internal=is_internal,
        is_answer=is_answer,
        is_first_answer=is_first_answer,
        by_requester=rules.raised_it(author, ticket),
        mentioned=mentioned,
        files=[attachment.name for attachment in stored],
    )
    return said


def _watch_mentioned(ticket, body, is_internal) -> list[int]:
    """People named in the text who may read it; each of them now watches the ticket."""
    names = {name.lower() for name in _MENTION.findall(body)}
    if not names:
        return []
    mentioned = []
    for user in User.objects.active().filter(username__in=names):
        if rules.reads_internal(user, ticket) or (rules.raised_it(user, ticket) and not is_internal):
            Watcher.objects.get_or_create(ticket_id=ticket.pk, user=user)
            mentioned.append(user.pk)
    return sorted(mentioned)
