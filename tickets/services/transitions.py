"""The one door for a change of state: portal, API, tasks, e-mail and automation all pass here."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import InvalidInput
from core.text import clean_text
from tickets.services import conversation, door, referring

# Inputs that become something else than a field of the ticket.
_SPOKEN = ("comment", "note")


@transaction.atomic
def take_transition(ticket, name, *, actor, values=None, version=None, at=None, is_trusted=False, **told):
    """Take the ticket through one arrow of its workflow table.

    In order: lock both rows; refuse a stale `version` (Stale); check the table, and that a team given serves the
    ticket's organisation and that its readers can open what public words refer to (InvalidInput, UnreadableArticles,
    NotAllowed, Refused); apply the effect; write state, reason and dates; publish
    `<kind>.<done>`; then record the public message ("comment") and internal note ("note") given with it. `actor=None`
    is the system. `is_trusted` records the actor without asking whether they were allowed: for histories that already
    happened elsewhere. `told` goes into the event beside what is always there. Returns the fresh ticket.
    """
    ticket = door.lock(ticket, version=version)
    move(ticket, name, actor=actor, values=values, at=at, is_trusted=is_trusted, **told)
    return ticket


@transaction.atomic
def take_onwards(ticket, name, *, actor, values=None, version=None):
    """`take_transition`, after starting what so far was only assigned when that alone is in the way."""
    ticket = door.lock(ticket, version=version)
    wanted, start = ticket.workflow.get(name), ticket.workflow.find("start")
    if start and ticket.state not in {s.key for s in wanted.sources} and start.target in wanted.sources:
        move(ticket, "start", actor=actor)
    move(ticket, name, actor=actor, values=values)
    return ticket


def move(ticket, name, *, actor, values=None, at=None, is_trusted=False, **told):
    """The part of `take_transition` after the lock, for commands that already hold it. A refusal changes nothing."""
    values = {key: clean_text(value) if isinstance(value, str) else value for key, value in (values or {}).items()}
    transition = ticket.workflow.check(name, None if is_trusted else actor, ticket, values)
    _refuse_foreign_team(ticket, values.get("team"))
    if not is_trusted:
        referring.refuse_unreadable(ticket, _public_words(transition, values), author=actor)
    at = at or door.instant(ticket)
    before = door.snapshot(ticket)
    state_before = ticket.state
    extra = transition.effect(ticket, values, actor=actor, at=at) if transition.effect else None
    if ticket.assignee_id not in (None, before["assignee_id"]) and not is_trusted:
        _refuse_gone(ticket.assignee_id)
    ticket.state = transition.target.key
    ticket.is_open = transition.target.is_open
    if ticket.state != "pending":
        ticket.pending_reason, ticket.resume_at = "", None
    given = {name: value for name, value in values.items() if name not in _SPOKEN}
    door.write(
        ticket,
        f"{ticket.kind}.{transition.done}",
        actor=actor,
        before=before,
        at=at,
        transition=transition.name,
        states=[state_before, ticket.state],
        values=door.plain(given),
        **(extra or {}),
        **told,
    )
    _record_spoken(ticket, values, actor=actor, at=at)


def _public_words(transition, values) -> dict:
    """What is said with a transition by field: all of its texts but the internal note."""
    texts = [field.name for field in transition.fields if field.kind == "text" and field.name != "note"]
    return {name: values[name] for name in texts if values.get(name)}


def _refuse_foreign_team(ticket, team):
    """A team that does not serve the ticket's organisation could not even see what it was given."""
    if team is not None and not team.serves.filter(pk=ticket.organisation_id).exists():
        message = _("“%(name)s” does not serve the organisation of this ticket.") % {"name": team.name}
        raise InvalidInput({"team": [message]})


def _refuse_gone(assignee_id):
    """Locked, so that nobody is given a ticket in the moment in which they are deactivated: whoever hands over their
    work would not find it any more."""
    person = User.objects.select_for_update(no_key=True).get(pk=assignee_id)
    if not person.is_active:
        raise InvalidInput({"assignee": [_("%(name)s is deactivated.") % {"name": person.display_name}]})


def _record_spoken(ticket, values, *, actor, at):
    if actor is None:
        return
    for field, is_internal in (("note", True), ("comment", False)):
        if text := (values.get(field) or "").strip():
            conversation.add_comment(ticket, author=actor, body=text, is_internal=is_internal, at=at)
            ticket.refresh_from_db()  # Words may move it on: the caller's own answer ends waiting for the caller.
