"""The graph of a ticket's tasks: planned, opened by itself, done, skipped, failed and mended."""

import pytest

from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from tickets.models import Task
from tickets.services import automatic, tasks
from tickets.services.tasks import PlannedTask


@pytest.fixture
def planned(cast, incident):
    """Order and account side by side, then hand out."""

    def plan(*more):
        rows = [
            PlannedTask("order", "Order the laptop", team=cast.desk),
            PlannedTask("account", "Create the account", team=cast.network, assignee=cast.chen_hao),
            PlannedTask("hand-out", "Hand it out", team=cast.desk, after=("order", "account")),
            *more,
        ]
        return {task.key: task for task in tasks.plan(incident, rows, actor=cast.zhang_wei)}

    return plan


def states(incident):
    return dict(Task.objects.filter(ticket=incident.pk).values_list("key", "state"))


def names():
    return list(Event.objects.filter(name__startswith="task.").values_list("name", flat=True))


def test_tasks_open_by_themselves_when_what_they_wait_for_is_over(cast, incident, planned):
    made = planned()
    assert states(incident) == {"order": "open", "account": "open", "hand-out": "waiting"}
    tasks.complete(made["order"], actor=cast.zhang_wei)
    assert states(incident)["hand-out"] == "waiting"
    with pytest.raises(Refused, match="Not yet"):
        tasks.complete(made["hand-out"], actor=cast.zhang_wei)
    tasks.skip(made["account"], actor=cast.chen_hao, reason="has one already")
    assert states(incident)["hand-out"] == "open"
    tasks.complete(made["hand-out"], actor=cast.zhang_wei, note="signed for")
    assert names()[-2:] == ["task.completed", "task.all_done"]
    assert names().count("task.all_done") == 1


def test_optional_tasks_keep_nothing_waiting(cast, incident, planned):
    made = planned(PlannedTask("photo", "Take a photo", team=cast.desk, is_mandatory=False))
    for key in ("order", "account", "hand-out"):
        tasks.complete(made[key], actor=cast.zhang_wei)
    assert names().count("task.all_done") == 1
    tasks.complete(made["photo"], actor=cast.zhang_wei)
    assert names().count("task.all_done") == 1


def test_a_plan_without_tasks_is_done_at_once(cast, incident):
    tasks.plan(incident, [], actor=cast.zhang_wei)
    assert names() == ["task.all_done"]


@pytest.mark.parametrize(("plan", "words"), [
    ([PlannedTask("a", "A", after=("b",)), PlannedTask("b", "B", after=("a",))], "wait for each other: a → b → a"),
    ([PlannedTask("a", "A", after=("a",))], "wait for each other: a → a"),
    ([PlannedTask("a", "A", after=("z",))], "does not exist"),
    ([PlannedTask("a", "A"), PlannedTask("a", "B")], "two tasks"),
    ([PlannedTask("a", "A", automatic="launch_rocket")], "no automatic action"),
])  # fmt: skip
def test_a_plan_that_cannot_end_is_refused_whole(cast, incident, plan, words):
    with pytest.raises(InvalidInput) as refusal:
        tasks.plan(incident, plan, actor=cast.zhang_wei)
    assert words in refusal.value.fields["tasks"][0]
    assert not Task.objects.exists()


def test_a_task_is_worked_by_its_team_and_by_whoever_works_the_ticket(cast, incident, planned):
    made = planned()
    for stranger in (cast.liu_yang, cast.li_na, cast.stranger):
        with pytest.raises(NotAllowed):
            tasks.complete(made["order"], actor=stranger)
    started = tasks.start(made["order"], actor=cast.zhang_wei)
    assert (started.state, started.assignee) == ("started", cast.zhang_wei)
    tasks.complete(made["order"], actor=cast.zhang_wei)
    with pytest.raises(Refused, match="Zhang Wei has ended this task already: Done"):
        tasks.complete(made["order"], actor=cast.zhang_wei)


def test_skipping_needs_a_reason_and_a_foreign_team_is_refused(cast, incident, planned):
    made = planned()
    with pytest.raises(InvalidInput):
        tasks.skip(made["order"], actor=cast.zhang_wei, reason=" ")
    cast.database.serves.clear()
    with pytest.raises(InvalidInput) as refusal:
        tasks.assign(made["order"], actor=cast.zhang_wei, team=cast.database)
    assert "team" in refusal.value.fields
    given = tasks.assign(made["order"], actor=cast.zhang_wei, team=cast.network, assignee=cast.chen_hao)
    assert (given.team, given.assignee) == (cast.network, cast.chen_hao)


def test_an_automatic_task_runs_by_itself_and_what_follows_opens(cast, incident, planned, deliver):
    planned(PlannedTask("tell", "It is ordered", automatic="notify_requester", after=("order",)),
            PlannedTask("then", "Then", after=("tell",)))  # fmt: skip
    deliver()
    assert states(incident)["tell"] == "waiting"
    tasks.complete(Task.objects.get(key="order"), actor=cast.zhang_wei)
    deliver()
    assert (states(incident)["tell"], states(incident)["then"]) == ("done", "open")
    assert names().count("task.announced") == 1


def test_a_failed_automatic_task_is_tried_again_done_by_hand_or_skipped(cast, incident, deliver, monkeypatch):
    tried = []

    def break_down(task):
        tried.append(task.pk)
        Task.objects.create(ticket_id=task.ticket_id, key="half done", title="x")
        raise OSError("directory is away")

    monkeypatch.setitem(automatic.ACTIONS, "notify_requester", automatic.Action("x", break_down))
    plan = [PlannedTask(key, key, automatic="notify_requester") for key in "abc"]
    made = {task.key: task for task in tasks.plan(incident, plan, actor=None)}
    deliver()
    assert states(incident) == {"a": "failed", "b": "failed", "c": "failed"}
    assert Task.objects.get(key="a").note == "OSError: directory is away"
    tasks.retry(made["a"], actor=cast.zhang_wei)
    deliver()
    assert (len(tried), Task.objects.get(key="a").attempts) == (4, 2)
    tasks.skip(made["a"], actor=cast.zhang_wei, reason="no need")
    tasks.complete(made["b"], actor=cast.zhang_wei, note="did it by hand")
    tasks.start(made["c"], actor=cast.zhang_wei)
    tasks.complete(made["c"], actor=cast.zhang_wei)
    assert names()[-1] == "task.all_done"


def test_tasks_called_off_open_nothing_and_tell_nobody_it_is_done(cast, incident, planned):
    planned()
    assert tasks.call_off(incident, actor=cast.zhang_wei) == 3
    assert set(states(incident).values()) == {"called_off"}
    assert "task.all_done" not in names()
