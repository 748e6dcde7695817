"""Steps to be ticked off on a ticket."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.markup import to_steps
from core.text import clean_text
from knowledge.vocabulary import Kind
from tickets import rules
from tickets.models import ChecklistItem, RunbookRun, Ticket
from tickets.services import door
from tickets.services.articles import link_article

MOST = 50
LONGEST = 200


@transaction.atomic
def add_steps(ticket, text, *, actor):
    """Append steps: one a line, `!` before a mandatory one; publishes `ticket.steps_added`.

    Raises NotAllowed (people who do not work it), InvalidInput (nothing, too long, more than MOST on one ticket).
    """
    _lock(ticket, actor)
    made = _append(ticket, text)
    door.note(ticket, "ticket.steps_added", actor=actor, steps=[step.text for step in made])


@transaction.atomic
def start_runbook(ticket, version, *, actor) -> RunbookRun:
    """Put the steps of a runbook, as `version` of it says them, on the checklist; publishes `ticket.runbook_started`.

    The caller has found `version` among what the actor may read. The article is linked to the ticket. Raises
    NotAllowed (people who do not work it), Refused (no runbook, no steps, still under way, too many steps).
    """
    _lock(ticket, actor)
    article = version.article
    steps = to_steps(version.body)
    if article.kind != Kind.RUNBOOK or not version.is_current or not steps:
        raise Refused(_("This article has no steps to go through."))
    if ChecklistItem.objects.filter(run__ticket=ticket.pk, run__version__article=article, done_at=None).exists():
        raise Refused(_("This runbook is under way on this ticket already."))
    if ticket.checklist.count() + len(steps) > MOST:
        raise Refused(_("At most %(limit)s steps fit on one ticket.") % {"limit": MOST})
    run = RunbookRun.objects.create(
        ticket_id=ticket.pk, version=version, started_by=actor, started_at=clock.recorded_now()
    )
    # The whole sentence stands in the article; the checklist has what fits on a line.
    _append(ticket, "\n".join(step[:LONGEST] for step in steps), run=run)
    door.note(
        ticket, "ticket.runbook_started", actor=actor, article=article.pk, number=article.number,
        edition=version.number, title=version.title, steps=len(steps),
    )  # fmt: skip
    link_article(ticket, article, actor=actor)
    return run


def _append(ticket, text, *, run=None) -> list[ChecklistItem]:
    steps = [line for line in (clean_text(line) for line in clean_text(text).split("\n")) if line.lstrip("!！").strip()]
    last = ticket.checklist.aggregate(last=Max("position"))["last"] or 0
    made = [
        ChecklistItem(
            ticket_id=ticket.pk,
            run=run,
            text=line.lstrip("!！").strip(),
            is_mandatory=line[0] in "!！",
            position=last + n,
        )
        for n, line in enumerate(steps, start=1)
    ]
    _check(made, ticket.checklist.count() + len(made))
    return ChecklistItem.objects.bulk_create(made)


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
