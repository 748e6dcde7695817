"""What a change is to be: its words, dates, people and items, as long as it can still be planned."""

from django.db import transaction
from django.utils.translation import gettext as _

from changes import rules
from changes.vocabulary import MOST_WATCH_HOURS, ChangeType
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets.models import ApprovalSlot
from tickets.services import door
from tickets.vocabulary import RoundState, SlotState

_LONG = ("description", "plan", "steps", "rollback_plan", "back_out_steps", "test_evidence")
_WORDS = {"title": 200} | dict.fromkeys(_LONG, 20_000)
MOST_STEPS = 100
PLANNED = (
    *_WORDS, "type", "service", "planned_start", "planned_end", "implementer", "team", "assignee", "watch_hours",
)  # fmt: skip
PLANNABLE = ("draft", "assessing", "awaiting_approval", "scheduled")


@transaction.atomic
def plan_change(change, *, actor, values, version=None):
    """Change what is planned; returns the fresh change.

    `values` may hold what is in PLANNED and `affected_items`. In order: lock; refuse a stale version, people who do
    not prepare it, a change that is carried out already, and values that do not fit; write; publish `change.planned`,
    upon which another scope loses its approvals (`deciding.reconsider`). Nothing is published when nothing changed.
    Raises Stale, NotAllowed, Refused, InvalidInput by field.
    """
    change = door.lock(change, version=version)
    if actor is not None and not rules.prepares_it(actor, change):
        raise NotAllowed()
    if change.state not in PLANNABLE:
        raise Refused(_("What is carried out or over is not planned any more."))
    values = dict(values)
    items = values.pop("affected_items", None)
    before = door.snapshot(change)
    write(change, values)
    data = _set_items(change, items)
    if data or door.difference(before, door.snapshot(change)):
        door.write(change, "change.planned", actor=actor, before=before, is_public=False, **data)
        change.refresh_from_db()  # Its approvals may have fallen.
    return change


def write(change, values, *, at=None):
    """Set checked values on a change in memory. Raises InvalidInput by field; then nothing was set."""
    values = {name: clean_text(value) if name in _WORDS else value for name, value in values.items()}
    problems = {name: [_("This field cannot be changed.")] for name in values if name not in PLANNED}
    for name, limit in _WORDS.items():
        if len(values.get(name) or "") > limit:
            message = _("At most %(limit)s characters; this has %(length)s.")
            problems[name] = [message % {"limit": limit, "length": len(values[name])}]
    if not values.get("title", change.title):
        problems["title"] = [_("This field is required.")]
    for name in ("steps", "back_out_steps"):
        if len(rules.lines_of(values.get(name, ""))) > MOST_STEPS:
            problems[name] = [_("At most %(most)s steps.") % {"most": MOST_STEPS}]
    problems |= _type_problems(change, values) | _date_problems(change, values, at) | people_problems(change, values)
    if problems:
        raise InvalidInput(problems)
    for name, value in values.items():
        setattr(change, name, value)


def _type_problems(change, values):
    if change.template is not None:
        given = {name: values.get(name, getattr(change.template, name)) for name in rules.GIVEN_BY_TEMPLATE}
        if other := [name for name, value in given.items() if value != getattr(change.template, name)]:
            return {name: [_("Its template says this; another plan is a normal change.")] for name in other}
    kind, hours = values.get("type", change.type), values.get("watch_hours", change.watch_hours)
    if kind not in ChangeType.values:
        return {"type": [_("Choose one of the listed values.")]}
    if kind != change.type and change.state not in ("", "draft"):
        return {"type": [_("The type is chosen while it is a draft.")]}
    if (kind == ChangeType.STANDARD) != (change.template is not None):
        return {"type": [_("A standard change is made from a template, and stays one.")]}
    if not 0 <= hours <= MOST_WATCH_HOURS:
        return {"watch_hours": [_("Between 0 and %(most)s hours.") % {"most": MOST_WATCH_HOURS}]}
    return {}


def _date_problems(change, values, at):
    start = values.get("planned_start", change.planned_start)
    end = values.get("planned_end", change.planned_end)
    if (start is None) != (end is None):
        return {"planned_end" if end is None else "planned_start": [_("Give both beginning and end, or neither.")]}
    if start is None:
        return {}
    if end <= start:
        return {"planned_end": [_("The window ends before it starts.")]}
    is_new = (start, end) != (change.planned_start, change.planned_end)
    if is_new and end <= (at or clock.now()):
        return {"planned_end": [_("This lies in the past.")]}
    return {}


def people_problems(change, values):
    problems = {}
    organisation, team, assignee = change.organisation_id, values.get("team"), values.get("assignee")
    implementer = values.get("implementer")
    if team is not None and not team.serves.filter(pk=organisation).exists():
        message = _("“%(name)s” does not serve the organisation of this ticket.")
        problems["team"] = [message % {"name": team.name}]
    for name, person in (("implementer", implementer), ("assignee", assignee)):
        if person is not None and not (person.is_active and person.is_staff_member):
            problems[name] = [_("Only active people of the desk carry out changes.")]
    if implementer is not None and change.pk and implementer.pk != change.implementer_id:
        problems |= _voter_problem(change, implementer)
    return problems


def _voter_problem(change, person):
    """Nobody approves what they carry out themselves, so who was asked or has agreed does not become implementer."""
    slots = ApprovalSlot.objects.filter(ticket=change.pk, approver=person)
    slots = slots.filter(stage__round__state__in=(RoundState.OPEN, RoundState.GRANTED))
    if slots.filter(state__in=(SlotState.WAITING, SlotState.ASKED, SlotState.APPROVED)).exists():
        message = _("%(name)s decides on this change, so somebody else has to carry it out.")
        return {"implementer": [message % {"name": person.display_name}]}
    return {}


def _set_items(change, items) -> dict:
    if items is None:
        return {}
    before, wanted = sorted(change.affected_items.values_list("pk", flat=True)), sorted(item.pk for item in items)
    if before == wanted:
        return {}
    change.affected_items.set(wanted)
    return {"affected_items": [before, wanted]}
