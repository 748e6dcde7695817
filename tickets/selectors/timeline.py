"""The timeline of a ticket: everything that happened to it which a person may read."""

from dataclasses import dataclass, field
from datetime import datetime

from events import selectors as ledger
from tickets import rules
from tickets.models import Attachment, Comment
from tickets.sentences import Names, differences, sentence


@dataclass(frozen=True)
class Entry:
    """One line of a ticket's timeline. `kind` is public, internal or system; `comment` is None for system lines."""

    kind: str
    at: datetime
    actor: object
    text: str
    comment: Comment | None = None
    attachments: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    event_id: int | None = None
    reason: str = ""
    name: str = ""


def timeline(ticket, user) -> list[Entry]:
    """Everything that happened which `user` may read, oldest first, in a fixed number of queries."""
    internal = rules.reads_internal(user, ticket)
    events = list(ledger.timeline_of(ticket, public_only=not internal))
    comments = {c.pk: c for c in _conversation(Comment, ticket, internal).select_related("author")}
    files = {}
    for attachment in _conversation(Attachment, ticket, internal):
        files.setdefault(attachment.comment_id, []).append(attachment)
    names = Names(events)
    return [_entry(event, comments, files, names, internal) for event in events if event.name not in _UNSEEN]


# Kept in the ledger for clocks and audits, of no use to a reader.
_UNSEEN = {
    "ticket.watched", "ticket.unwatched", "ticket.snoozed", "ticket.unsnoozed", "ticket.woke", "survey.sent",
}  # fmt: skip


def _conversation(model, ticket, internal):
    rows = model.objects.filter(ticket_id=ticket.pk)
    return rows if internal else rows.filter(is_internal=False)


def _entry(event, comments, files, names, internal):
    comment = comments.get(event.data.get("comment"))
    if event.name == "ticket.commented" and comment is not None:
        return Entry(
            kind="internal" if comment.is_internal else "public",
            at=event.at,
            actor=event.actor,
            text=comment.body,
            comment=comment,
            attachments=files.get(comment.pk, []),
            event_id=event.pk,
            name=event.name,
        )
    return Entry(
        kind="system",
        at=event.at,
        actor=event.actor,
        text=sentence(event, names),
        changes=differences(event, names) if internal else [],
        event_id=event.pk,
        reason=(event.data.get("values") or {}).get("reason") or event.data.get("reason") or "",
        name=event.name,
    )
