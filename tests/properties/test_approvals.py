"""Votes count by who voted how and never by when; every mode against its truth table; task graphs never lock up."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from core.errors import InvalidInput, Refused
from tests.cast import person
from tickets import rules
from tickets.models import ApprovalRound, ApprovalSlot, Task
from tickets.services import approving, tasks
from tickets.services.approving import Stage
from tickets.services.tasks import PlannedTask

MODES = [("serial", None), ("all", None), ("any", None), *(("percentage", pct) for pct in (1, 34, 50, 67, 100)),
         *(("quorum", number) for number in (1, 2, 3))]  # fmt: skip


def granted(mode, percentage, approvals, count):
    """The truth table, told anew: how many of `count` agree when all have voted."""
    number = percentage or 0
    return {
        "any": approvals > 0, "percentage": approvals * 100 >= number * count, "quorum": approvals >= min(number, count)
    }.get(mode, approvals == count)  # fmt: skip


@pytest.mark.parametrize(("mode", "percentage"), MODES)
def test_a_verdict_is_what_all_ways_to_go_on_agree_in(mode, percentage):
    for count in range(1, 6):
        for votes in product((True, False, None), repeat=count):
            approvals, still_open = votes.count(True), votes.count(None)
            ends = {granted(mode, percentage, approvals + more, count) for more in range(still_open + 1)}
            expected = ends.pop() if len(ends) == 1 else None
            assert rules.verdict(mode, list(votes), percentage, percentage) is expected, (votes, mode)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), chosen=st.sampled_from(MODES[1:]), votes=st.lists(st.booleans(), min_size=1, max_size=4))
def test_a_stage_ends_the_same_in_whatever_order_people_decide(cast, incident, data, chosen, votes):
    mode, percentage = chosen
    bosses = people(cast, len(votes))
    order = data.draw(st.permutations(range(len(votes))))
    step = Stage("S", mode, bosses, percentage)
    if mode == "quorum":
        step = Stage("S", mode, bosses, quorum=min(percentage, len(bosses)))
    round = approving.ask(incident, [step], scope=1, actor=cast.li_na)
    for n in order:
        slot = ApprovalSlot.objects.get(stage__round=round, approver=bosses[n])
        try:
            approving.decide(slot, actor=bosses[n], approve=votes[n], reason="no")
        except Refused:
            assert slot.state == "not_needed"
    state = ApprovalRound.objects.get(pk=round.pk).state
    assert state == ("granted" if granted(mode, percentage, votes.count(True), len(votes)) else "rejected")


def people(cast, count):
    found = list(type(cast.li_na).objects.filter(username__startswith="voter").order_by("pk"))
    while len(found) < count:
        found.append(person(f"voter{len(found)}", "投票", cast.xinghe, Role.REQUESTER))
    return found[:count]


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7)), min_size=1))
def test_a_ring_is_found_exactly_where_there_is_one(graph):
    graph = {key: {other for other in others if other in graph} for key, others in graph.items()}
    ring = rules.cycle_in(graph)
    for here, following in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        assert following in graph[here]
    ended = set()
    while ready := {key for key, others in graph.items() if key not in ended and others <= ended}:
        ended |= ready
    assert bool(ring) == (ended != set(graph))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), count=st.integers(1, 7))
def test_a_graph_of_tasks_always_comes_to_its_end(cast, incident, data, count):
    Task.objects.all().delete()
    after = [data.draw(st.sets(st.integers(0, count - 1), max_size=3)) for _ in range(count)]
    plan = [PlannedTask(f"t{n}", f"t{n}", after=tuple(f"t{m}" for m in sorted(after[n]))) for n in range(count)]
    try:
        tasks.plan(incident, plan, actor=None)
    except InvalidInput:
        assert rules.cycle_in(dict(enumerate(after)))
        return
    while incident.tasks.exclude(state__in=("done", "skipped")).exists():
        workable = list(incident.tasks.filter(state="open").order_by("pk"))
        assert workable, "nothing is open, and not everything is over"
        task = data.draw(st.sampled_from(workable))
        step = data.draw(st.sampled_from(("complete", "skip", "fail")))
        if step == "skip":
            tasks.skip(task, actor=None, reason="x")
            continue
        if step == "fail":
            tasks.retry(tasks.fail(task, actor=None, reason="x"), actor=None)
        tasks.complete(task, actor=None)
