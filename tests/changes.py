"""Changes for tests: a change manager beside the cast, and one change that lacks nothing."""

from datetime import timedelta

from accounts.models import Role
from changes import services
from core import clock
from tests.cast import person
from tests.landscape import landscape
from tickets import services as tickets
from tickets.services import approving

DAY = timedelta(days=1)
WRITTEN = {
    "plan": "1. Take it out of the pool\n2. Patch it\n3. Put it back",
    "rollback_plan": "Restore the snapshot: 20 minutes",
    "test_evidence": "Done on the test cluster yesterday",
}


def change_manager(cast, username="sun.li", name="孙丽"):
    """孙丽 manages changes and serves Xinghe."""
    team = cast.desk.parent
    return person(username, name, cast.xinghe, Role.CHANGE_MANAGER, teams=[team])


def planned(cast, *, actor=None, items=None, **values):
    """A draft of 陈浩's that lacks nothing: 刘洋 patches a host tomorrow, for two hours."""
    start = clock.now() + DAY
    values = {
        "title": "Patch host 1", "planned_start": start, "planned_end": start + timedelta(hours=2),
        "implementer": cast.liu_yang, "team": cast.network, **WRITTEN, **values,
    }  # fmt: skip
    items = [landscape(cast)["host-1"]] if items is None else items
    return services.open_change(actor=actor or cast.chen_hao, affected_items=items, **values)


def asked(change, *, actor):
    """It is assessed as far as it must be, and its approvers are asked."""
    if change.type == "normal":
        change = tickets.take_transition(change, "submit", actor=actor)
    return tickets.take_transition(change, "ask_approval", actor=actor)


def granted(change, *, by):
    """Every vote that `by` may give, given."""
    for slot in change.approval_slots.asked().filter(approver=by):
        approving.decide(slot, actor=by, approve=True)
    change.refresh_from_db()
    return change
