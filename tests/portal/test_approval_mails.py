"""Mails about approvals: who gets them, links that need no sign-in, reminders in working hours, decisions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts import services as accounts
from accounts.models import Role, User
from core import clock
from notifications import links
from notifications.models import Mail
from notifications.services import reminding
from tests.cast import person
from tickets.models import ApprovalSlot
from tickets.services import approving, tasks
from tickets.services.approving import Stage
from tickets.services.tasks import PlannedTask


@pytest.fixture
def boss(cast):
    User.objects.update(language="en")
    return person("boss", "主管", cast.xinghe, Role.REQUESTER, language="en")


@pytest.fixture
def other(cast, boss):
    return person("other.boss", "副主管", cast.xinghe, Role.REQUESTER, language="en")


def ask(ticket, *people, mode="all"):
    approving.ask(ticket, [Stage("Line manager", mode, people)], scope=ticket.pk, actor=ticket.requester)
    return ApprovalSlot.objects.filter(ticket=ticket.pk).order_by("pk").last()


def mails(kind):
    return [(mail.user.username, mail.subject.split(": ")[0].partition("] ")[2]) for mail in
            Mail.objects.filter(kind=kind).select_related("user").order_by("pk")]  # fmt: skip


def link_in(mail, name="approve"):
    body = links.filled(mail, links.mark(name))
    return body.partition(links.absolute(""))[2].partition("#")[0]


def test_approver_and_substitute_are_asked_and_the_requester_hears_the_end(cast, incident, boss, other, deliver):
    now = clock.now()
    accounts.arrange_absence(boss, other, from_at=now, until_at=now + timedelta(days=1), actor=boss)
    slot = ask(incident, boss)
    deliver()
    assert mails("approval") == [("boss", "Your approval is needed"), ("other.boss", "Your approval is needed")]
    text = Mail.objects.filter(kind="approval").first().text
    assert "Li Na asks for your approval: Line manager." in text and "点击登录没有反应" in text
    approving.decide(slot, actor=other, approve=False, reason="Not this year")
    deliver()
    assert mails("decided") == [("li.na", "Decided")]
    assert "Other Boss rejected your request." in Mail.objects.get(kind="decided").text
    assert "Not this year" in Mail.objects.get(kind="decided").text


def test_whoever_opens_a_step_of_their_own_is_asked_there_too(cast, incident, boss, deliver):
    approving.ask(incident, [Stage("One", "all", [boss]), Stage("Two", "all", [boss])], scope=1, actor=cast.li_na)
    approving.decide(ApprovalSlot.objects.first(), actor=boss, approve=True)
    deliver()
    assert mails("approval") == [("boss", "Your approval is needed")] * 2


def test_a_get_shows_and_only_a_post_decides(client, cast, incident, boss, deliver):
    slot = ask(incident, boss)
    deliver()
    link = link_in(Mail.objects.get(kind="approval"))
    shown = client.get(link)
    assert shown.status_code == 200 and "点击登录没有反应" in shown.content.decode()
    assert "Line manager" in shown.content.decode()
    assert client.head(link).status_code == 200
    slot.refresh_from_db()
    assert slot.state == "asked"
    assert "Say why." in client.post(link, {"vote": "reject"}).content.decode()
    assert "You approved it" in client.post(link, {"vote": "approve"}).content.decode()
    assert "has already approved this" in client.post(link, {"vote": "approve"}).content.decode()
    assert "has already approved this" in client.get(link).content.decode()


def test_a_link_says_why_it_does_nothing_any_more(client, cast, incident, boss, other, deliver, time_machine):
    ask(incident, boss, other, mode="any")
    deliver()
    late = link_in(Mail.objects.get(kind="approval", user=other))
    client.post(link_in(Mail.objects.get(kind="approval", user=boss)), {"vote": "approve"})
    assert "decided without your vote" in client.get(late).content.decode()
    approving.void(incident, actor=cast.li_na)
    fresh = ask(incident, boss)
    deliver()
    link = link_in(Mail.objects.filter(kind="approval", user=boss).latest("pk"))
    approving.void(incident, actor=cast.li_na)
    assert "changed or was withdrawn" in client.post(link, {"vote": "approve"}).content.decode()
    assert client.get(link[:-3] + "AA/").status_code == 404
    accounts.deactivate(boss, actor=cast.admin)
    assert client.get(link).status_code == 404
    time_machine.move_to(datetime.now(UTC) + timedelta(days=15))
    assert client.get(late).status_code == 404
    fresh.refresh_from_db()
    assert fresh.state == "not_needed"


def test_a_substitutes_link_dies_with_the_absence(client, cast, incident, boss, other, deliver):
    now = clock.now()
    absence = accounts.arrange_absence(boss, other, from_at=now, until_at=now + timedelta(days=1), actor=boss)
    slot = ask(incident, boss)
    deliver()
    link = link_in(Mail.objects.get(kind="approval", user=other))
    assert "You decide for Boss." in client.get(link).content.decode()
    accounts.end_absence(absence, actor=boss)
    assert client.post(link, {"vote": "approve"}).status_code == 404
    slot.refresh_from_db()
    assert slot.state == "asked"


def test_reminders_come_after_working_hours_and_once_each_time(cast, incident, boss, deliver, settings):
    settings.APPROVAL_REMINDER_HOURS = 8
    ask(incident, boss)
    with clock.travel(clock.now() + timedelta(hours=7)):
        assert reminding.remind_approvers() == 0
    with clock.travel(clock.now() + timedelta(hours=9)):
        assert reminding.remind_approvers() == 1
        assert reminding.remind_approvers() == 0
    settings.APPROVAL_REMINDER_HOURS = 0
    with clock.travel(clock.now() + timedelta(hours=90)):
        assert reminding.remind_approvers() == 0
    deliver()
    assert len(mails("approval")) == 2


def test_somebody_is_told_of_a_vote_nobody_can_give(cast, incident, boss, deliver):
    ask(incident, boss)
    accounts.deactivate(boss, actor=cast.admin)
    deliver()
    assert mails("stuck") == [] and mails("approval") == []
    ask(incident, boss)
    deliver()
    assert {user for user, _ in mails("stuck")} == {"admin"}


def test_tasks_tell_who_has_them_and_the_requester_when_asked_to(cast, incident, boss, deliver):
    plan = [PlannedTask("a", "Order it", team=cast.network, assignee=cast.chen_hao),
            PlannedTask("b", "It is on its way", automatic="notify_requester", after=("a",))]  # fmt: skip
    task = tasks.plan(incident, plan, actor=cast.zhang_wei)[0]
    deliver()
    assert [user for user, _ in mails("task")] == ["chen.hao"]
    tasks.complete(task, actor=cast.chen_hao)
    deliver()
    assert [user for user, _ in mails("progress")] == ["li.na"]
    assert "A step of your request is done: It is on its way." in Mail.objects.get(kind="progress").text
    assert reverse("portal:ticket", args=[incident.number]) in Mail.objects.get(kind="progress").text
