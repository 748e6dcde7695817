"""Steps at thresholds: each once, by the clock's own snapshot, and a line in the log for whatever became of it."""

from datetime import timedelta
from threading import Thread

import pytest

from events.models import Event
from incidents import services as incidents
from sla import services
from sla.models import Agreement, AgreementVersion, Escalation, EscalationPolicy, EscalationStep, Firing, Target
from sla.services import escalating, policies
from tests.monday import MONDAY, at
from tickets import services as tickets

pytestmark = pytest.mark.django_db
Action, State = EscalationStep.Action, Escalation.State


@pytest.fixture(autouse=True)
def present(monkeypatch):
    """These tests live in last week: what they record is no history."""
    monkeypatch.setattr("events.models.NEWS_FOR", timedelta(days=3650))


@pytest.fixture
def agreed(cast):
    """Of the default agreement a copy that has a policy; returns a function that fills the policy first."""

    def fill(*steps, next_update=0):
        with at():
            default = services.install_defaults()
            policy = policies.save_policy(None, actor=cast.admin, slug="p", name_en="Policy", steps=list(steps))
            agreement = Agreement.objects.create(slug="xinghe", name_en="Xinghe", rank=1)
            version = AgreementVersion.objects.create(agreement=agreement, number=1, policy=policy)
            for target in default.targets.all():
                target.pk, target.version, target._state.adding = None, version, True
                target.save()
            if next_update:
                target.pk, target.metric, target.priority, target.seconds = None, "next_update", 1, next_update
                target.on_reopen, target._state.adding = "restart", True
                target.save()
            services.put_in_force(version)
        return policy

    return fill


def step(action, pct=100, **fields):
    return {"metric": "resolution", "pct": pct, "offset_minutes": 0, "action": action, **fields}


def report(cast, **fields):
    """P1: solved within 4 hours around the clock. Monday 09:00, so due at 13:00."""
    given = {"title": "ERP 停了", "service": cast.erp, "impact": 1, "urgency": 1, **fields}
    with at():
        return incidents.report_incident(actor=cast.li_na, **given)


def taken(cast, ticket, team=None):
    with at(minutes=1):
        tickets.take_transition(ticket, "claim", actor=cast.zhang_wei, values={"team": team or cast.desk})
    ticket.refresh_from_db()
    return ticket


def sweep_and_deliver(deliver, **when):
    with at(**when):
        while services.sweep():
            pass
        deliver()


def log():
    return [(row.action, row.state, row.person) for row in Escalation.objects.order_by("pk")]


def test_hierarchical_steps_tell_assignee_lead_and_the_next_lead(cast, agreed, deliver):
    agreed(step(Action.TELL_ASSIGNEE, 50), step(Action.TELL_LEAD, 75), step(Action.TELL_MANAGER))
    ticket = taken(cast, report(cast))
    for hours in (2, 3, 4):
        sweep_and_deliver(deliver, hours=hours, seconds=1)
    assert log() == [
        ("tell_assignee", "told", cast.zhang_wei),
        ("tell_lead", "told", cast.zhang_wei),
        ("tell_manager", "told", cast.wang_fang),
    ]
    event = Event.objects.filter(name="sla.escalated").last()
    assert (event.subject_id, event.data["told"], event.is_public) == (ticket.pk, [cast.wang_fang.pk], False)
    assert cast.wang_fang.notifications.filter(kind="sla_escalated").count() == 1
    assert cast.wang_fang.mails.filter(kind="sla_escalated").count() == 1


def test_whole_team_is_told_and_an_unassigned_ticket_says_so_and_goes_to_the_lead(cast, agreed, deliver):
    agreed(step(Action.TELL_TEAM, 50), step(Action.TELL_ASSIGNEE, 75))
    report(cast)
    sweep_and_deliver(deliver, hours=2, seconds=1)
    sweep_and_deliver(deliver, hours=3, seconds=1)
    assert log() == [
        ("tell_team", "told", cast.zhang_wei),
        ("tell_assignee", "empty", None),
        ("tell_assignee", "told", cast.zhang_wei),
    ]


def test_ticket_is_handed_to_the_next_line_and_knows_its_way_back(cast, agreed, deliver):
    agreed(step(Action.MOVE_UP, 50))
    ticket = taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    ticket.refresh_from_db()
    assert (ticket.team, ticket.escalated_from, ticket.escalation_level) == (cast.database, cast.desk, 1)
    row = Escalation.objects.get()
    assert (row.state, row.team) == (State.DONE, cast.database)
    event = Event.objects.get(name="incident.escalated")
    assert (event.actor, event.cause.name) == (None, "sla.threshold_crossed")


def test_ticket_in_the_queue_is_assigned_to_the_named_team(cast, agreed, deliver):
    agreed(step(Action.MOVE_TO_TEAM, 50, team=cast.network))
    ticket = report(cast)
    sweep_and_deliver(deliver, hours=2, seconds=1)
    ticket.refresh_from_db()
    assert (ticket.team, ticket.state) == (cast.network, "assigned")


@pytest.mark.parametrize(
    ("action", "prepare", "reason"),
    [
        (Action.MOVE_TO_TEAM, "with that team", escalating.THERE_ALREADY),
        (Action.MOVE_TO_TEAM, "not serving", escalating.NOT_SERVING),
        (Action.MOVE_UP, "top line", escalating.NO_HIGHER_LINE),
        (Action.RAISE_PRIORITY, "P1", escalating.HIGHEST_ALREADY),
        (Action.MOVE_UP, "pending", escalating.NOT_IN_THIS_STATE),
    ],
)
def test_step_that_is_not_possible_says_why(cast, agreed, deliver, action, prepare, reason):
    agreed(step(action, 50, team=cast.network if action == Action.MOVE_TO_TEAM else None))
    ticket = taken(cast, report(cast), team={"top line": cast.operations}.get(prepare, cast.desk))
    with at(minutes=5):
        if prepare == "with that team":
            tickets.take_transition(ticket, "assign", actor=cast.zhang_wei, values={"team": cast.network})
        if prepare == "not serving":
            cast.network.serves.clear()
        if prepare == "pending":
            tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
            tickets.take_transition(ticket, "hold", actor=cast.zhang_wei, values={"pending_reason": "problem"})
    sweep_and_deliver(deliver, hours=2, seconds=1)
    row = Escalation.objects.get()
    assert (row.state, row.detail) == (State.NOT_POSSIBLE, reason)


def test_priority_is_raised_step_by_step_and_the_loop_ends(cast, agreed, deliver):
    agreed(step(Action.RAISE_PRIORITY, 50), step(Action.RAISE_PRIORITY), step(Action.TELL_MANAGER))
    ticket = taken(cast, report(cast, impact=2, urgency=2))
    sweep_and_deliver(deliver, hours=100)
    ticket.refresh_from_db()
    assert ticket.priority == 1
    done = Escalation.objects.filter(action=Action.RAISE_PRIORITY).values_list("state", "detail")
    assert list(done) == [("done", "P3 → P2"), ("done", "P2 → P1")]
    assert not Event.objects.filter(deliveries__state="dead").exists()


def test_outage_moves_the_ticket_by_every_step_but_tells_only_of_the_highest(cast, agreed, deliver):
    agreed(step(Action.TELL_LEAD, 50), step(Action.MOVE_UP, 75), step(Action.TELL_MANAGER))
    ticket = taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=7)
    assert [row[:2] for row in log()] == [("move_up", "done"), ("tell_manager", "told")]
    ticket.refresh_from_db()
    assert ticket.team == cast.database
    firing = Firing.objects.get(clock__metric="resolution", pct=100)
    assert (firing.due_at, firing.lateness) == (MONDAY + timedelta(hours=4), 3 * 3600)


def test_all_four_levels_fire_before_and_after_the_target(cast, agreed, deliver):
    agreed(
        step(Action.TELL_ASSIGNEE, offset_minutes=-30),
        step(Action.TELL_LEAD),
        step(Action.TELL_MANAGER, offset_minutes=30),
        step(Action.TELL_TEAM, offset_minutes=60),
    )
    ticket = taken(cast, report(cast))
    for hours, minutes in ((3, 30), (4, 0), (4, 30), (5, 0)):
        sweep_and_deliver(deliver, hours=hours, minutes=minutes, seconds=3)
    assert [row[0] for row in log()] == ["tell_assignee", "tell_lead", "tell_manager", "tell_team"]
    due = Escalation.objects.order_by("pk").values_list("firing__due_at", "firing__lateness")
    base = MONDAY + timedelta(hours=4)
    assert list(due) == [(base + timedelta(minutes=m), 3) for m in (-30, 0, 30, 60)]
    assert ticket.pk


def test_message_delivered_fifty_times_has_one_effect(cast, agreed, deliver):
    agreed(step(Action.TELL_LEAD, 50), step(Action.MOVE_UP, 50))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    event = Event.objects.get(name="sla.threshold_crossed", data__metric="resolution")
    for _ in range(50):
        services.escalate(event)
    assert Escalation.objects.count() == 2
    assert Event.objects.filter(name="sla.escalated").count() == 1


@pytest.mark.django_db(transaction=True)
def test_message_delivered_by_many_workers_at_once_has_one_effect(cast, agreed):
    agreed(step(Action.TELL_LEAD, 50), step(Action.MOVE_UP, 50))
    taken(cast, report(cast))
    with at(hours=2, seconds=1):
        services.sweep()
    event = Event.objects.get(name="sla.threshold_crossed", data__metric="resolution")
    failures = []

    def work():
        from django.db import connection

        try:
            services.escalate(Event.objects.get(pk=event.pk))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert Escalation.objects.count() == 2


def test_edited_policy_leaves_running_tickets_alone_and_counts_for_new_ones(cast, agreed, deliver):
    policy = agreed(step(Action.TELL_LEAD, 50))
    report(cast)
    policies.save_policy(policy, actor=cast.admin, steps=[step(Action.TELL_MANAGER, 50)])
    report(cast)
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert sorted(row[0] for row in log()) == ["tell_lead", "tell_manager"]


def test_imported_history_moves_and_tells_nobody(cast, agreed, deliver, monkeypatch):
    monkeypatch.setattr("events.models.NEWS_FOR", timedelta(days=2))
    agreed(step(Action.TELL_LEAD, 50), step(Action.MOVE_UP, 50))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == []


def test_revoked_firing_is_not_acted_on(cast, agreed, deliver):
    agreed(step(Action.TELL_LEAD, 50))
    taken(cast, report(cast))
    with at(hours=2, seconds=1):
        services.sweep()
        Firing.objects.update(is_withdrawn=True)
        deliver()
    assert log() == []


def test_person_who_may_not_see_the_ticket_is_passed_over_visibly(cast, agreed, deliver):
    agreed(step(Action.TELL_LEAD, 50))
    ticket = taken(cast, report(cast))
    cast.desk.lead = cast.stranger
    cast.desk.save()
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == [
        ("tell_lead", "not_possible", cast.stranger),
        ("tell_lead", "told", cast.wang_fang),
    ]
    assert ticket.is_open and Target.objects.exists() and EscalationPolicy.objects.count() == 1


@pytest.mark.parametrize(("metric", "next_update"), [("resolution", 0), ("next_update", 2 * 3600)])
def test_mark_recorded_anew_by_a_correction_moves_the_ticket_once(cast, agreed, deliver, metric, next_update):
    """A late answer has the clock judged anew; of the next update it also gives the wait another number."""
    agreed(step(Action.RAISE_PRIORITY, 50, metric=metric), next_update=next_update)
    ticket = taken(cast, report(cast))
    with at(hours=1):
        tickets.comment(ticket, actor=cast.zhang_wei, body="进展")
    with at(hours=1, minutes=1):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"priority": 1})
    sweep_and_deliver(deliver, hours=2, minutes=5)
    assert Escalation.objects.count() == 1
    with at(hours=2, minutes=10):
        tickets.comment(ticket, actor=cast.zhang_wei, body="早先的邮件", at=MONDAY + timedelta(minutes=30))
    sweep_and_deliver(deliver, hours=2, minutes=20)
    assert Escalation.objects.count() == 1
