"""Random walks through every life cycle: no walk leaves the table, and what is offered can be taken."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changes import services as changes
from changes.workflow import CHANGE
from core import clock
from core.errors import Refused
from incidents import services as incidents
from incidents.workflow import INCIDENT
from problems import services as problems
from problems.workflow import PROBLEM
from tests.changes import answers, change_manager, planned
from tests.problems import FOUND, closed
from tickets import services as tickets
from tickets.services import approving

pytestmark = pytest.mark.django_db
NAMES = [transition.name for transition in INCIDENT.transitions]
ACTORS = ["li_na", "zhao_min", "zhang_wei", "chen_hao", "wang_fang", "admin", "stranger"]


def values_for(name, cast):
    return {
        "assign": {"team": cast.network},
        "escalate": {"team": cast.database, "note": "tried everything"},
        "send_back": {"note": "not ours"},
        "requeue": {"reason": "wrong team"},
        "hold": {"pending_reason": "vendor"},
        "resolve": {"resolution_code": "fixed", "resolution_notes": "done"},
        "reopen": {"reason": "still broken"},
        "cancel": {"reason": "mistake"},
    }.get(name, {})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ACTORS)), max_size=12))
def test_incident_walk_stays_inside_the_table(cast, steps):
    incident = incidents.report_incident(actor=cast.li_na, title="walk", service=cast.erp)
    version = incident.version
    for name, who in steps:
        actor, before = getattr(cast, who), incident.state
        offered = name in [t.name for t in INCIDENT.available(actor, incident)]
        try:
            incident = tickets.take_transition(incident, name, actor=actor, values=values_for(name, cast))
        except Refused:
            incident.refresh_from_db()
            assert (incident.state, incident.version) == (before, version)
            continue
        transition = INCIDENT.get(name)
        assert offered
        assert before in {state.key for state in transition.sources}
        assert incident.state == transition.target.key
        assert incident.version > version
        version = incident.version
        assert (incident.state == "pending") == bool(incident.pending_reason)
        assert incident.is_open == (incident.state not in ("resolved", "closed", "cancelled"))
        assert (incident.resolved_at is not None) == (incident.state in ("resolved", "closed"))


STEPS = [step.name for step in CHANGE.transitions if not step.is_system]
DEEDS = [*STEPS, "assess", "vote", "plan"]
SAID = {
    "cancel": {"reason": "x"}, "not_reproducible": {"reason": "x"}, "back_out": {"reason": "x"},
    "close": {"outcome": "successful", "records": "untouched", "review_notes": "x"},
}  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["normal", "emergency"]), deeds=st.lists(st.sampled_from(DEEDS), max_size=14))
def test_change_walk_keeps_its_promises(cast, kind, deeds):
    """Whatever is tried in whatever order: nothing is scheduled or begun without a vote of somebody else."""
    manager = cast.__dict__.get("manager") or change_manager(cast)
    cast.manager = manager
    change = planned(cast, items=[cast.erp], type=kind, watch_hours=0)
    for number, deed in enumerate(deeds):
        before = (change.state, change.version)
        try:
            _do(cast, change, deed, number)
        except Refused:
            change.refresh_from_db()
            assert (change.state, change.version) == before
        change.refresh_from_db()
        if change.state in ("scheduled", "implementing", "review", "closed"):
            round = change.approval_rounds.get(state="granted")
            voters = set(round.stages.filter(slots__state="approved").values_list("slots__decided_by", flat=True))
            assert voters and not voters & {change.requester_id, change.implementer_id}
        assert change.is_open == (change.state not in ("closed", "cancelled"))


def _do(cast, change, deed, number):
    if deed == "assess":
        changes.assess(change, actor=cast.chen_hao, answers=answers())
    elif deed == "plan":
        changes.plan_change(change, actor=cast.chen_hao, values={"plan": f"Another way {number}"})
    elif deed == "vote":
        slot = change.approval_slots.asked().first()
        if slot is not None:
            approving.decide(slot, actor=slot.approver, approve=True)
    else:
        tickets.take_transition(change, deed, actor=cast.liu_yang, values=SAID.get(deed, {}))


PROBLEM_DEEDS = [step.name for step in PROBLEM.transitions if not step.is_system]
PROBLEM_DEEDS += ["describe", "link", "change succeeds", "change fails", "time passes", "ask", "vote"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(PROBLEM_DEEDS), max_size=16))
def test_problem_walk_keeps_its_promises(cast, deeds):
    """Whatever is tried in whatever order: known means explained, observed means changed, closed says how."""
    problem = problems.open_problem(actor=cast.chen_hao, title="walk", service=cast.erp, team=cast.network)
    for deed in deeds:
        before = (problem.state, problem.version)
        try:
            _do_problem(cast, problem, deed)
        except Refused:
            problem.refresh_from_db()
            assert (problem.state, problem.version) == before
        problem.refresh_from_db()
        if problem.state in ("known_error", "fix_in_progress", "observing"):
            assert not problem.what_is_missing()
        assert (problem.state == "observing") == problem.fixes.filter(outcome="observed").exists()
        assert (problem.state == "closed") == bool(problem.closing_code) == (problem.closed_at is not None)


def _do_problem(cast, problem, deed):
    match deed:
        case "describe":
            problems.describe(problem, actor=cast.chen_hao, values=FOUND)
        case "link":
            change = planned(cast, items=[cast.erp])
            tickets.link(problem, change, kind="solved_by", actor=cast.chen_hao)
        case "change succeeds" | "change fails":
            link = problem.changes().filter(target__is_open=True).first()
            if link is not None:
                closed(cast, link.target, "successful" if deed == "change succeeds" else "failed")
        case "time passes":
            type(problem).objects.filter(pk=problem.pk, state="observing").update(watch_until=clock.now())
            problems.close_observed()
        case "ask":
            day = timezone.localdate() + timedelta(days=9)
            problems.ask_acceptance(problem, actor=cast.chen_hao, approver=cast.wang_fang, reason="x", review_on=day)
        case "vote":
            slot = problem.approval_slots.asked().first()
            if slot is not None:
                approving.decide(slot, actor=cast.wang_fang, approve=True)
        case _:
            tickets.take_transition(problem, deed, actor=cast.chen_hao, values=SAID.get(deed, {}))
