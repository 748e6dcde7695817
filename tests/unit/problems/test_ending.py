"""What the end of a problem, or its becoming a duplicate, means for the people, tasks and tickets around it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import clock
from core.errors import InvalidInput, NotAllowed
from events.models import Event
from incidents import services as incidents
from notifications.models import Notification
from problems import services
from problems.models import Problem
from tests.changes import planned
from tests.problems import known_error, raised
from tickets import services as tickets
from tickets.models import ApprovalSlot, Comment, Task, TicketLink
from tickets.services import approving

pytestmark = pytest.mark.django_db


def _held(cast, incident):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    incident = tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    return tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values={"pending_reason": "problem"})


def test_incidents_of_a_duplicate_hear_what_helps_against_the_other_and_go_on(cast, incident, deliver):
    original, double = known_error(cast), raised(cast)
    services.publish_workaround(original, actor=cast.chen_hao, language="zh-hans")
    services.link_incident(double, incident, actor=cast.chen_hao)
    held = _held(cast, incident)
    deliver()
    services.add_task(double, actor=cast.chen_hao, title="look", team=cast.network)
    services.add_task(original, actor=cast.chen_hao, title="measure", team=cast.network)
    analysis = services.begin_analysis(double, actor=cast.chen_hao, method="fishbone")
    services.close_as_duplicate(double, original, actor=cast.chen_hao)
    deliver()
    held.refresh_from_db()
    assert held.state == "in_progress"
    assert "Restart the switch at night" in Comment.objects.get(ticket=incident.pk, is_internal=False).body
    assert set(original.tasks.values_list("title", flat=True)) == {"look", "measure"}
    assert list(original.analyses.all()) == [analysis]


def test_work_of_a_cancelled_problem_is_called_off_and_who_had_it_is_told(cast, deliver):
    problem = raised(cast)
    task = services.add_task(problem, actor=cast.chen_hao, title="look", assignee=cast.liu_yang)
    deliver()
    tickets.take_transition(problem, "cancel", actor=cast.chen_hao, values={"reason": "seen wrongly"})
    deliver()
    assert Task.objects.get(pk=task.pk).state == "called_off"
    assert Notification.objects.filter(user=cast.liu_yang, event__name="task.called_off").count() == 1


def test_a_task_beside_the_work_finishes_nothing(cast):
    problem = raised(cast)
    services.add_task(problem, actor=cast.chen_hao, title="look", team=cast.network)
    assert not Event.objects.filter(subject_id=problem.pk, name="task.all_done").exists()


def test_children_of_an_incident_hear_the_workaround_too(cast, incident, deliver):
    child = incidents.report_incident(actor=cast.li_na, title="the same here", service=cast.erp)
    tickets.set_parent(child, incident, actor=cast.zhang_wei)
    problem = known_error(cast, incidents=[incident])
    services.publish_workaround(problem, actor=cast.chen_hao, language="zh-hans")
    deliver()
    assert Comment.objects.filter(ticket=child.pk, is_internal=False).count() == 1


def test_who_accepted_a_risk_hears_when_its_time_is_over(cast, deliver):
    problem = known_error(cast)
    day = timezone.localdate(clock.now()) + timedelta(days=30)
    services.ask_acceptance(problem, actor=cast.chen_hao, approver=cast.wang_fang, reason="rare", review_on=day)
    slot = ApprovalSlot.objects.asked().get(ticket=problem.pk)
    approving.decide(slot, actor=cast.wang_fang, approve=True, reason="")
    deliver()
    with clock.travel(clock.now() + timedelta(days=31)):
        assert services.review_risks() == 1
        deliver()
    due = Notification.objects.filter(event__name="problem.risk_review_due")
    assert {cast.wang_fang.pk, cast.chen_hao.pk} <= set(due.values_list("user", flat=True))


def test_a_change_that_is_to_solve_it_is_linked_by_who_works_on_it(cast):
    problem = known_error(cast)
    change = planned(cast, items=list(problem.affected_items.all()))
    for _twice in range(2):
        services.link_change(problem, change, actor=cast.chen_hao)
    assert list(problem.changes().values_list("target", flat=True)) == [change.pk]
    with pytest.raises(NotAllowed):
        services.link_change(problem, change, actor=cast.li_na)
    with pytest.raises(InvalidInput):
        services.link_change(problem, raised(cast).ticket_ptr, actor=cast.chen_hao)


def test_a_cancelled_problem_does_not_stand_behind_a_major_incident(cast, incident, deliver):
    cancelled = raised(cast, incidents=[incident])
    tickets.take_transition(cancelled, "cancel", actor=cast.chen_hao, values={"reason": "x"})
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    values = {"commander": cast.wang_fang, "extent": "full", "cadence": "30"}
    incidents.take_major(incident, "declare", actor=cast.wang_fang, values=values)
    incident.refresh_from_db()
    solved = {"resolution_code": "fixed", "resolution_notes": "x"}
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=solved)
    incidents.take_major(incident, "stand_down", actor=cast.wang_fang)
    behind = Problem.objects.filter(links_in__source=incident.pk, links_in__kind=TicketLink.Kind.CAUSED_BY)
    assert behind.exclude(pk=cancelled.pk).filter(is_open=True).count() == 1
