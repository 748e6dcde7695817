"""Changes for tests: a change manager beside the cast, and one change that lacks nothing."""

from datetime import timedelta

from accounts.models import Role
from changes import services
from changes.models import Board, ChangeTemplate, RiskQuestion
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


def board(cast, *members, kind="cab", quorum=2):
    values = {"name_zh": "变更委员会", "name_en": "CAB", "kind": kind, "organisation": None, "quorum": quorum}
    return services.keep_board(
        Board(), actor=cast.admin, members=members, chair=members[0], is_active=True, **values
    )  # fmt: skip


def standard_template(cast, **values):
    """刘洋 wrote down how a host is patched."""
    values = {
        "name_zh": "主机补丁", "name_en": "Patch a host", "organisation": None, "service": None, "team": None,
        "description": "", "steps": "Drain\nPatch\nPut back", "back_out_steps": "Restore", "minutes": 60,
        "watch_hours": 0, "suspend_after": 2, **WRITTEN, **values,
    }  # fmt: skip
    return services.keep_template(ChangeTemplate(), actor=cast.liu_yang, **values)


def planned(cast, *, actor=None, items=None, **values):
    """A draft of 陈浩's that lacks nothing: 刘洋 patches a host tomorrow, for two hours."""
    start = clock.now() + DAY
    values = {
        "title": "Patch host 1", "planned_start": start, "planned_end": start + timedelta(hours=2),
        "implementer": cast.liu_yang, "team": cast.network, **WRITTEN, **values,
    }  # fmt: skip
    items = [landscape(cast)["host-1"]] if items is None else items
    return services.open_change(actor=actor or cast.chen_hao, affected_items=items, **values)


def answers(option=0):
    """Every question about risk answered with its `option`th choice, or its last one where it has not so many."""
    return {one.slug: min(option, len(one.options) - 1) for one in RiskQuestion.objects.filter(is_active=True)}


def asked(change, *, actor, option=0):
    """It is assessed as far as it must be, and its approvers are asked."""
    if change.type == "normal":
        change = tickets.take_transition(change, "submit", actor=actor)
        services.assess(change, actor=actor, answers=answers(option))
    return tickets.take_transition(change, "ask_approval", actor=actor)


def granted(change, *, by):
    """Every vote that `by` may give, given."""
    for slot in change.approval_slots.asked().filter(approver=by):
        approving.decide(slot, actor=by, approve=True)
    change.refresh_from_db()
    return change
