"""What is known about a problem: its words, people and items, its cause and what helps meanwhile."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from problems import rules
from problems.vocabulary import MOST_WATCH_DAYS
from tickets.services import door

_WORDS = {"title": 200, "description": 20_000, "root_cause": 20_000, "workaround": 20_000, "no_method_reason": 500}
DESCRIBED = (*_WORDS, "has_no_workaround", "service", "category", "team", "assignee", "watch_days")


@transaction.atomic
def describe(problem, *, actor, values, version=None):
    """Change what is known about a problem; returns it fresh.

    `values` may hold what is in DESCRIBED and `affected_items`. In order: lock; refuse a stale version, people who do
    not work on it, a closed problem, and values that do not fit; write; publish `problem.described`. Nothing is
    published when nothing changed. Raises Stale, NotAllowed, Refused, InvalidInput by field.
    """
    problem = door.lock(problem, version=version)
    if actor is not None and not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info.is_final:
        raise Refused(_("A closed problem is not described any further."))
    values = dict(values)
    items = values.pop("affected_items", None)
    before = door.snapshot(problem)
    write(problem, values)
    data = _set_items(problem, items)
    if data or door.difference(before, door.snapshot(problem)):
        door.write(problem, "problem.described", actor=actor, before=before, is_public=False, **data)
    return problem


def write(problem, values):
    """Set checked values on a problem in memory. Raises InvalidInput by field; then nothing was set."""
    values = {name: clean_text(value).strip() if name in _WORDS else value for name, value in values.items()}
    faults = {name: [_("This field cannot be changed.")] for name in values if name not in DESCRIBED}
    for name, limit in _WORDS.items():
        if (length := len(values.get(name) or "")) > limit:
            message = _("At most %(limit)s characters; this has %(length)s.")
            faults[name] = [message % {"limit": limit, "length": length}]
    if not values.get("title", problem.title):
        faults["title"] = [_("This field is required.")]
    has_none = values.get("has_no_workaround", problem.has_no_workaround)
    if has_none and values.get("workaround", problem.workaround):
        faults["has_no_workaround"] = [_("A workaround is written down: either it or none.")]
    if not 1 <= values.get("watch_days", problem.watch_days) <= MOST_WATCH_DAYS:
        faults["watch_days"] = [_("Between 1 and %(most)s days.") % {"most": MOST_WATCH_DAYS}]
    faults |= _people_faults(problem, values)
    if faults:
        raise InvalidInput(faults)
    for name, value in values.items():
        setattr(problem, name, value)


def _people_faults(problem, values):
    faults = {}
    team, assignee = values.get("team"), values.get("assignee")
    if team is not None and not team.serves.filter(pk=problem.organisation_id).exists():
        message = _("“%(name)s” does not serve the organisation of this ticket.")
        faults["team"] = [message % {"name": team.name}]
    if assignee is not None and not (assignee.is_active and assignee.is_staff_member):
        faults["assignee"] = [_("Only active people of the desk work on problems.")]
    return faults


def _set_items(problem, items) -> dict:
    if items is None:
        return {}
    before = sorted(problem.affected_items.values_list("pk", flat=True))
    wanted = sorted(item.pk for item in items)
    if before == wanted:
        return {}
    problem.affected_items.set(wanted)
    return {"affected_items": [before, wanted]}
