"""Whether a change may stand in the calendar: every check in one list, and the reasons in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from changes.selectors import fitting
from changes.selectors.obstacles import Obstacle
from changes.selectors.scope import scope_of
from changes.services import colliding
from cmdb.models import ItemClass
from core.errors import Refused
from tickets.models import ApprovalSlot
from tickets.models.approving import hash_of
from tickets.vocabulary import RoundState, SlotState


def obstacles(change) -> list[Obstacle]:
    """Everything in the way of scheduling `change` as it is planned now, the nearest to mend first; none: it may."""
    return [obstacle for check in CHECKS for obstacle in check(change)]


def _plans(change):
    for name in ("rollback_plan", "test_evidence"):
        if not getattr(change, name):
            label = change._meta.get_field(name).verbose_name
            yield Obstacle(name, _("Missing: %(what)s.") % {"what": label})


def _people(change):
    """The implementer agreed to nothing, and somebody beside the requester did."""
    if change.implementer_id is None:
        yield Obstacle("implementer", _("Nobody is named who carries it out."))
    granted = ApprovalSlot.objects.filter(
        ticket=change.pk, stage__round__state=RoundState.GRANTED, state=SlotState.APPROVED
    )
    voters = set(granted.values_list("decided_by", flat=True))
    if change.implementer_id in voters:
        yield Obstacle("implementer", _("Whoever carries it out has approved it: two people are needed."))
    if voters and voters <= {change.requester_id, change.opened_by_id}:
        yield Obstacle("approver", _("Only the requester has approved it."))


def _template(change):
    """A standard change touches what its template is for and nothing else."""
    if change.template is None:
        return
    allowed = set(change.template.item_classes.values_list("slug", flat=True))
    below = {slug for name in allowed for slug in ItemClass.below(name)}
    others = change.affected_items.exclude(item_class__in=below) if allowed else ()
    for item in others:
        yield Obstacle("template", _("The template is not for “%(name)s”.") % {"name": item.name})


# Each is `check(change)` and yields obstacles.
CHECKS: tuple[Callable, ...] = (_plans, _people, _template, fitting.obstacles)


def refuse_obstacles(event):
    """change.scheduled: refuse what is in the way, which undoes the step whatever door it came through."""
    colliding.enter_calendar()
    if found := obstacles(event.subject):
        raise Refused(" ".join(obstacle.text for obstacle in found))


def keep_scope(event):
    """change.sent_for_approval, change.scheduled: remember for which scope that was said."""
    change = event.subject
    change.scope_hash = hash_of(scope_of(change))
    change.save(update_fields=["scope_hash"])
