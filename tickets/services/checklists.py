"""Steps to be ticked off on a ticket."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from tickets import rules
from tickets.models import ChecklistItem, Ticket
from tickets.services import door

MOST = 50
LONGEST = 200


@transaction.atomic
def add_steps(ticket, text, *, actor):
    """Append steps: one a line, `!` before a mandatory one; publishes `ticket.steps_added`.

    Raises NotAllowed (people who do not work it), InvalidInput (nothing, too long, more than MOST on one ticket).
    """
    _lock(ticket, actor)
    steps = [line for line in (clean_text(line) for line in clean_text(text).split("\n")) if line.lstrip("!！").strip()]
    last = ticket.checklist.aggregate(last=Max("position"))["last"] or 0
    made = [
        ChecklistItem(
            ticket_id=ticket.pk, text=line.lstrip("!！").strip(), is_mandatory=line[0] in "!！", position=last + n
        )
        for n, line in enumerate(steps, start=1)
    ]
    _check(made, ticket.checklist.count() + len(made))
    ChecklistItem.objects.bulk_create(made)
    door.note(ticket, "ticket.steps_added", actor=actor, steps=[step.text for step in made])


@transaction.atomic
def tick_step(step, *, actor, is_done):
    """Tick a step off, or open it again; publishes `ticket.step_done` or `ticket.step_reopened`. Twice is once."""
    _lock(step.ticket, actor)
    step = ChecklistItem.objects.select_related("ticket").get(pk=step.pk)
    if is_done == (step.done_at is not None):
        return
    step.done_by, step.done_at = (actor, clock.recorded_now()) if is_done else (None, None)
    step.save(update_fields=["done_by", "done_at"])
    door.note(step.ticket, "ticket.step_done" if is_done else "ticket.step_reopened", actor=actor, step=step.text)


@transaction.atomic
def remove_step(step, *, actor):
    _lock(step.ticket, actor)
    door.note(step.ticket, "ticket.step_removed", actor=actor, step=step.text)
    step.delete()


def _lock(ticket, actor):
    if actor is not None and not rules.triages_it(actor, ticket):
        raise NotAllowed()
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    if ticket.state_info.is_final:
        raise NotAllowed(_("A closed ticket is not changed any more."))


def _check(made, total):
    if not made:
        raise InvalidInput({"text": [_("Write something.")]})
    if any(len(step.text) > LONGEST for step in made):
        raise InvalidInput({"text": [_("A step has at most %(limit)s characters.") % {"limit": LONGEST}]})
    if total > MOST:
        raise InvalidInput({"text": [_("At most %(limit)s steps fit on one ticket.") % {"limit": MOST}]})
