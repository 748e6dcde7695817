"""From the form to the delivery: what a request goes through, and who may do what to it."""

import pytest
from django.db import IntegrityError, transaction

from catalog import services
from catalog.models import AnswerVersion, Draft, ServiceRequest
from catalog.workflow import REQUEST
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from sla import services as sla
from sla.models import Clock
from tests.offers import ANSWERS, LAPTOP_FORM, MANAGER_THEN_OWNER, ORDER_THEN_HAND_OVER, offer
from tickets import services as tickets
from tickets.models import ApprovalSlot
from tickets.services import approving
from tickets.services import tasks as work

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast):
    cast.li_na.manager = cast.zhao_min
    cast.li_na.save()
    return offer(cast, route=MANAGER_THEN_OWNER, tasks=ORDER_THEN_HAND_OVER, price="6999.00")


@pytest.fixture
def asked(cast, item):
    return services.submit(item, actor=cast.li_na, answers=ANSWERS)


def asked_of(ticket):
    return ApprovalSlot.objects.filter(ticket=ticket, state="asked").get()


def approve_all(ticket):
    while slot := ApprovalSlot.objects.filter(ticket=ticket, state="asked").first():
        approving.decide(slot, actor=slot.approver, approve=True)
    ticket.refresh_from_db()


def do(ticket, key, actor):
    task = ticket.tasks.get(key=key)
    work.complete(work.start(task, actor=actor), actor=actor)
    ticket.refresh_from_db()


def test_request_goes_from_approval_over_tasks_to_delivery(cast, asked):
    assert (asked.state, asked.prefix, asked.team, asked.price) == ("awaiting_approval", "REQ", cast.desk, 6999)
    approving.decide(asked_of(asked), actor=cast.zhao_min, approve=True)
    approving.decide(asked_of(asked), actor=cast.wang_fang, approve=True)
    asked.refresh_from_db()
    assert (asked.state, [task.state for task in asked.tasks.all()]) == ("approved", ["open", "waiting"])
    do(asked, "order", cast.chen_hao)
    assert asked.state == "in_fulfilment"
    do(asked, "hand-over", cast.zhang_wei)
    assert (asked.state, asked.is_open, asked.resolved_at is not None) == ("fulfilled", False, True)
    closed = tickets.take_transition(asked, "close", actor=cast.li_na)
    assert closed.state == "closed"


def test_request_without_route_and_tasks_is_ready_at_once_and_fulfilled_by_hand(cast):
    asked = services.submit(offer(cast), actor=cast.li_na, answers=ANSWERS)
    assert asked.state == "approved"
    taken = tickets.take_transition(asked, "claim", actor=cast.zhang_wei)
    assert (taken.state, taken.assignee) == ("in_fulfilment", cast.zhang_wei)
    assert tickets.take_transition(taken, "fulfil", actor=cast.zhang_wei).state == "fulfilled"


def test_request_is_not_fulfilled_while_a_mandatory_task_is_left(cast, asked):
    approve_all(asked)
    tickets.take_transition(asked, "claim", actor=cast.zhang_wei)
    with pytest.raises(Refused, match="2 mandatory tasks"):
        tickets.take_transition(asked, "fulfil", actor=cast.zhang_wei)


def test_optional_task_keeps_nothing_from_being_fulfilled(cast):
    optional = [{"key": "sticker", "title": {"en": "Put a sticker on"}, "is_mandatory": False}, ORDER_THEN_HAND_OVER[0]]
    asked = services.submit(offer(cast, tasks=optional), actor=cast.li_na, answers=ANSWERS)
    do(asked, "order", cast.chen_hao)
    assert asked.state == "fulfilled"


def test_rejected_request_returns_with_the_reason_and_is_sent_again_as_the_next_version(cast, asked):
    approving.decide(asked_of(asked), actor=cast.zhao_min, approve=False, reason="太贵")
    asked.refresh_from_db()
    assert (asked.state, asked.is_open) == ("draft", True)
    told = Event.objects.filter(subject_id=asked.pk, name="request.rejected").get()
    assert told.data["values"]["reason"] == "太贵"
    with pytest.raises(NotAllowed):
        services.resubmit(asked, actor=cast.zhao_min, answers=ANSWERS)
    again = services.resubmit(asked, actor=cast.li_na, answers={"reason": "轻的就行", "model": "light"})
    assert (again.state, again.number) == ("awaiting_approval", asked.number)
    assert [version.values for version in again.answers.all()] == [ANSWERS, {"reason": "轻的就行", "model": "light"}]
    assert "轻薄本" in again.description and "工作站" not in again.description
    assert asked_of(again).approver == cast.zhao_min
    with pytest.raises(Refused):
        services.resubmit(again, actor=cast.li_na, answers=ANSWERS)


def test_requester_withdraws_until_the_first_task_is_done(cast, asked):
    approve_all(asked)
    do(asked, "order", cast.chen_hao)
    with pytest.raises(Refused, match="first task"):
        tickets.take_transition(asked, "withdraw", actor=cast.li_na)


def test_withdrawing_ends_approvals_and_tasks_and_breaks_no_promise(cast, item):
    sla.install_defaults()
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS)
    with pytest.raises(NotAllowed):
        tickets.take_transition(asked, "withdraw", actor=cast.zhang_wei)
    gone = tickets.take_transition(asked, "withdraw", actor=cast.li_na)
    assert (gone.state, gone.is_open) == ("withdrawn", False)
    assert not ApprovalSlot.objects.filter(ticket=gone, state="asked").exists()
    assert set(Clock.objects.filter(ticket=gone).values_list("stage", flat=True)) <= {"cancelled"}


def test_cancelling_calls_off_the_tasks(cast, asked):
    approve_all(asked)
    tickets.take_transition(asked, "cancel", actor=cast.zhang_wei, values={"reason": "已停产"})
    assert {task.state for task in asked.tasks.all()} == {"called_off"}


def test_nobody_approves_what_they_ask_for_themselves(cast, item):
    cast.wang_fang.manager = cast.admin
    cast.wang_fang.save()
    asked = services.submit(item, actor=cast.wang_fang, answers=ANSWERS)
    assert asked_of(asked).approver == cast.admin


def test_route_that_nobody_can_vote_on_is_refused_not_granted(cast):
    alone = offer(cast, route=[MANAGER_THEN_OWNER[1]], owner=cast.stranger)
    cast.stranger.is_active = False
    cast.stranger.save()
    with pytest.raises(Refused, match="Nobody can approve"):
        services.submit(alone, actor=cast.li_na, answers=ANSWERS)
    assert not ServiceRequest.objects.exists()


def test_answers_are_judged_by_the_form_that_was_open(cast, item):
    opened = item.current_form
    newer = {
        "fields": [
            *LAPTOP_FORM["fields"],
            {"key": "colour", "kind": "text", "label": {"en": "Colour"}, "required": True},
        ]
    }
    services.publish_form(item, actor=cast.wang_fang, definition=newer)
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS, form=opened)
    assert asked.answers.get().form == opened
    with pytest.raises(InvalidInput) as refused:
        services.submit(item, actor=cast.li_na, answers=ANSWERS)
    assert list(refused.value.fields) == ["colour"]


def test_item_withdrawn_meanwhile_is_refused_and_the_draft_stays(cast, item):
    services.keep_draft(item, actor=cast.li_na, form=item.current_form, posted={"reason": ["很久才写完"]})
    services.save_item(item, actor=cast.wang_fang, is_active=False)
    with pytest.raises(Refused, match="not offered any more"):
        services.submit(item, actor=cast.li_na, answers=ANSWERS, form=item.current_form)
    assert Draft.objects.get().posted == {"reason": ["很久才写完"]}


def test_item_for_one_department_is_not_there_for_others(cast, item):
    services.save_item(item, actor=cast.wang_fang, departments=[cast.finance])
    cast.zhao_min.department = None
    cast.zhao_min.save()
    with pytest.raises(Refused):
        services.submit(item, actor=cast.zhao_min, answers=ANSWERS)
    assert services.submit(item, actor=cast.li_na, answers=ANSWERS).requester == cast.li_na


def test_asking_for_people_of_other_organisations_is_for_the_desk_alone(cast, item):
    with pytest.raises((NotAllowed, Refused)):
        services.submit(item, actor=cast.stranger, requester=cast.li_na, answers=ANSWERS)
    assert (
        services.submit(item, actor=cast.zhang_wei, requester=cast.li_na, answers=ANSWERS).opened_by == cast.zhang_wei
    )


def test_cost_centre_is_asked_for_where_the_item_needs_one(cast, item):
    services.save_item(item, actor=cast.wang_fang, is_cost_centre_required=True)
    with pytest.raises(InvalidInput) as refused:
        services.submit(item, actor=cast.li_na, answers=ANSWERS)
    assert list(refused.value.fields) == ["cost_centre"]
    assert services.submit(item, actor=cast.li_na, answers=ANSWERS, cost_centre="CC-7").cost_centre == "CC-7"


def test_sent_answers_and_published_forms_never_change(cast, asked):
    for row in (asked.answers.get(), asked.item.current_form):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(number=99)
    assert AnswerVersion.objects.get().number == 1


def test_clock_stands_still_while_approvers_think(cast, item):
    sla.install_defaults()
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS)
    assert {clock.stage for clock in Clock.objects.filter(ticket=asked)} == {"paused"}
    approve_all(asked)
    assert {clock.stage for clock in Clock.objects.filter(ticket=asked, metric="resolution")} == {"running"}


def test_reply_of_the_requester_ends_waiting_for_them(cast):
    asked = services.submit(offer(cast), actor=cast.li_na, answers=ANSWERS)
    tickets.take_transition(asked, "claim", actor=cast.zhang_wei)
    tickets.take_transition(asked, "hold", actor=cast.zhang_wei, values={"pending_reason": "caller"})
    tickets.comment(asked, actor=cast.li_na, body="在三楼")
    asked.refresh_from_db()
    assert asked.state == "in_fulfilment"


def test_every_state_is_on_the_way_or_ends_it():
    for state in REQUEST.states:
        assert [step for step, where in REQUEST.progress(state.key) if where == "here"] == [state]
