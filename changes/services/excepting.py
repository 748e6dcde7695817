"""Leave to work outside the maintenance windows: asked by who prepares a change, decided by a change manager."""

from django.db import transaction
from django.utils.translation import gettext as _

from changes import rules
from changes.models import WindowException
from changes.selectors.scope import item_ids
from changes.services.assessing import change_managers
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets.services import door

State = WindowException.State


@transaction.atomic
def ask_exception(change, *, actor, reason):
    """Ask for leave to work at the planned time on the items as they are now; publishes `change.exception_asked`.

    Raises NotAllowed, Refused (no dates, asked already), InvalidInput (no reason).
    """
    change = door.lock(change)
    if not rules.prepares_it(actor, change):
        raise NotAllowed()
    if change.state_info.is_final or change.planned_start is None:
        raise Refused(_("Plan it first: an exception is for its dates."))
    if change.window_exceptions.filter(state=State.ASKED).exists():
        raise Refused(_("An exception is asked for already."))
    asked = WindowException.objects.create(
        change=change, from_at=change.planned_start, until_at=change.planned_end, item_ids=item_ids(change),
        reason=_said(reason), asked_by=actor, asked_at=clock.recorded_now(),
    )  # fmt: skip
    told = sorted(one.pk for one in change_managers(change))
    door.note(change, "change.exception_asked", actor=actor, reason=asked.reason, told=told)
    return asked


@transaction.atomic
def decide_exception(asked, *, actor, is_granted, answer=""):
    """Grant or refuse it; publishes `change.exception_granted` or `change.exception_refused`.

    Nobody grants what they asked for. A refusal has a reason. Raises NotAllowed, Refused, InvalidInput.
    """
    asked = WindowException.objects.select_for_update(of=("self",)).select_related("change").get(pk=asked.pk)
    if not rules.manages_changes(actor, asked.change):
        raise NotAllowed()
    if actor.pk == asked.asked_by_id:
        raise NotAllowed(_("Somebody else decides about what you asked for."))
    if asked.state != State.ASKED:
        raise Refused(_("This has been decided already."))
    asked.answer = clean_text(answer)[:500] if is_granted else _said(answer, "answer")
    asked.state = State.GRANTED if is_granted else State.REFUSED
    asked.decided_by, asked.decided_at = actor, clock.recorded_now()
    asked.save()
    done = "granted" if is_granted else "refused"
    told = [asked.asked_by_id]
    door.note(asked.change, f"change.exception_{done}", actor=actor, reason=asked.answer, told=told)
    return asked


def _said(text, field="reason"):
    said = clean_text(text)
    if not said or len(said) > 500:
        raise InvalidInput({field: [_("Say why, in at most 500 characters.")]})
    return said
