"""Approvals and tasks as people meet them: lists, one click, a reason, several at once, the trail, absence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Delegation, Role, User
from core import clock
from incidents import services as incidents
from tests.cast import person
from tickets.models import ApprovalSlot, Task
from tickets.services import approving, tasks
from tickets.services.approving import Stage
from tickets.services.tasks import PlannedTask


@pytest.fixture
def boss(cast):
    return person("boss", "主管", cast.xinghe, Role.REQUESTER)


@pytest.fixture
def other(cast):
    return person("other.boss", "副主管", cast.xinghe, Role.REQUESTER)


def ask(ticket, *people, mode="all"):
    approving.ask(ticket, [Stage("Line manager", mode, people)], scope=ticket.pk, actor=ticket.requester)
    return ApprovalSlot.objects.filter(ticket=ticket.pk).order_by("pk").first()


def enter(client, user):
    User.objects.filter(pk=user.pk).update(language="en")
    client.force_login(user)


def page(client, user, name, *args, status=200):
    enter(client, user)
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


def post(client, user, name, *args, **data):
    enter(client, user)
    return client.post(reverse(name, args=args), data)


def test_an_approver_finds_it_at_home_and_approves_with_one_click(client, cast, incident, boss):
    slot = ask(incident, boss)
    home = page(client, boss, "portal:home")
    assert "My approvals" in home and incident.title in home
    assert reverse("portal:decide", args=[slot.pk]) in home
    answer = post(client, boss, "portal:decide", slot.pk, vote="approve")
    assert (answer.status_code, answer.url) == (302, reverse("portal:approvals"))
    slot.refresh_from_db()
    assert (slot.state, slot.decided_by) == ("approved", boss)
    listed = page(client, boss, "portal:approvals")
    assert "Nothing waits for you" in listed and "Decided by me" in listed


def test_a_rejection_asks_for_a_reason_and_keeps_the_page(client, cast, incident, boss):
    slot = ask(incident, boss)
    answer = post(client, boss, "portal:decide", slot.pk, vote="reject", reason=" ")
    assert answer.status_code == 422
    assert "Say why." in answer.content.decode()
    post(client, boss, "portal:decide", slot.pk, vote="reject", reason="Too <dear>")
    trail = page(client, cast.li_na, "portal:ticket", incident.number)
    assert "Rejected" in trail and "Too &lt;dear&gt;" in trail


def test_whoever_comes_late_is_told_what_happened(client, cast, incident, boss, other):
    slot = ask(incident, boss, other, mode="any")
    late = ApprovalSlot.objects.get(approver=other)
    post(client, boss, "portal:decide", slot.pk, vote="approve")
    told = client.get(post(client, other, "portal:decide", late.pk, vote="reject", reason="no").url).content.decode()
    assert "decided without your vote" in told
    again = client.get(post(client, boss, "portal:decide", slot.pk, vote="approve").url).content.decode()
    assert "has already approved this" in again


def test_several_are_approved_at_once_and_only_mine(client, cast, incident, boss, other):
    second = incidents.report_incident(actor=cast.li_na, title="Another", service=cast.erp)
    foreign = incidents.report_incident(actor=cast.li_na, title="Foreign", service=cast.erp)
    slots = [ask(incident, boss), ask(second, boss), ask(foreign, other)]
    answer = post(client, boss, "portal:approve_several", slot=[slot.pk for slot in slots] + ["x"])
    assert "2 approved." in client.get(answer.url).content.decode()
    assert [ApprovalSlot.objects.get(pk=slot.pk).state for slot in slots] == ["approved", "approved", "asked"]


def test_a_vote_is_seen_by_those_who_see_the_ticket_and_given_by_nobody_else(client, cast, incident, boss, other):
    slot = ask(incident, boss)
    page(client, other, "portal:approval", slot.pk, status=404)
    page(client, cast.stranger, "portal:approval", slot.pk, status=404)
    assert "not yours to give" in page(client, cast.li_na, "portal:approval", slot.pk)
    assert post(client, cast.li_na, "portal:decide", slot.pk, vote="approve").status_code == 403
    assert post(client, other, "portal:decide", slot.pk, vote="approve").status_code == 404
    assert post(client, cast.zhang_wei, "portal:hand_over", slot.pk, person="boss", reason="x").status_code == 403


def test_one_more_is_asked_and_a_vote_handed_over_by_form(client, cast, incident, boss, other):
    slot = ask(incident, boss)
    wrong = post(client, boss, "portal:add_approver", slot.pk, person="li.na", place="with")
    assert wrong.status_code == 422 and "asked for themselves" in wrong.content.decode()
    assert post(client, boss, "portal:add_approver", slot.pk, person="qian.duo", place="with").status_code == 422
    assert post(client, boss, "portal:add_approver", slot.pk, person="other.boss", place="after").status_code == 302
    answer = post(client, boss, "portal:hand_over", slot.pk, person="zhao.min", reason="her cost centre")
    trail = client.get(answer.url).content.decode()
    assert "Handed over" in trail and "her cost centre" in trail and "added by Boss" in trail


def test_a_substitute_is_asked_for_somebody_and_the_trail_says_so(client, cast, incident, boss, other):
    now = clock.now()
    given = {"from_at": f"{now:%Y-%m-%dT%H:%M}", "until_at": f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}"}
    boss.time_zone = "UTC"
    boss.save()
    assert post(client, boss, "accounts:absence", substitute="boss", **given).status_code == 422
    assert post(client, boss, "accounts:absence", substitute="other.boss", **given).status_code == 302
    assert "Other Boss" in page(client, boss, "accounts:absence")
    slot = ask(incident, boss)
    assert "for Boss" in page(client, other, "portal:approvals")
    post(client, other, "portal:decide", slot.pk, vote="approve")
    trail = " ".join(page(client, cast.li_na, "portal:ticket", incident.number).split())
    assert "<strong>Other Boss</strong> for Boss <span>Approved</span>" in trail
    absence = Delegation.objects.get()
    assert post(client, other, "accounts:end_absence", absence.pk).status_code == 404
    assert post(client, boss, "accounts:end_absence", absence.pk).status_code == 302
    assert not Delegation.objects.at().exists()


def test_an_agent_works_through_tasks_from_the_ticket(client, cast, incident):
    plan = [PlannedTask("order", "Order it", team=cast.desk), PlannedTask("hand", "Hand it out", after=("order",))]
    order, hand = tasks.plan(incident, plan, actor=cast.zhang_wei)
    assert "Order it" in page(client, cast.zhang_wei, "desk:tasks")
    desk = page(client, cast.zhang_wei, "desk:ticket", incident.number)
    assert "waits for" in desk and "“Order it”" in desk
    post(client, cast.zhang_wei, "desk:task", incident.number, order.pk, "complete")
    assert Task.objects.get(pk=hand.pk).state == "open"
    empty = post(client, cast.zhang_wei, "desk:task", incident.number, hand.pk, "skip", reason="")
    assert empty.status_code == 422
    post(client, cast.zhang_wei, "desk:task", incident.number, hand.pk, "skip", reason="picked up")
    assert "picked up" in page(client, cast.zhang_wei, "desk:ticket", incident.number)
    late = client.get(post(client, cast.zhang_wei, "desk:task", incident.number, hand.pk, "complete").url)
    assert "has ended this task already" in late.content.decode()
    assert post(client, cast.liu_yang, "desk:task", incident.number, hand.pk, "complete").status_code == 403
    assert post(client, cast.li_na, "desk:task", incident.number, hand.pk, "complete").status_code == 404


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, cast, boss):
    client.force_login(boss)
    counted = []
    for n in range(3):
        ask(incidents.report_incident(actor=cast.li_na, title=f"t{n}", service=cast.erp), boss)
        client.get(reverse("portal:approvals"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("portal:approvals"))
        counted.append(len(queries))
    assert counted[0] == counted[2] <= 8, counted
