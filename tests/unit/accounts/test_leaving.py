"""Somebody leaves: everything that hangs on them has a receiver, in one act or not at all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import services
from accounts.models import Delegation, User
from catalog.models import RequestItem
from changes.models import Board
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.holdings import portions_of
from events.models import Event
from incidents import services as incidents
from knowledge.models import Article
from notifications.models import Mail
from tests import articles
from tests.changes import board
from tests.offers import offer
from tickets import services as tickets
from tickets.services import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(cast, incident):
    """张伟 with something of almost everything."""
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tasks.plan(
        incident, [tasks.PlannedTask("look", "Look", team=cast.desk, assignee=cast.zhang_wei)], actor=cast.zhang_wei
    )
    offer(cast, owner=cast.zhang_wei)
    board(cast, cast.zhang_wei, cast.wang_fang)
    articles.published(cast)
    Article.objects.update(owner=cast.zhang_wei)
    cast.erp.owner = cast.zhang_wei
    cast.erp.save()
    cast.finance.head = cast.zhang_wei
    cast.finance.save()
    now = clock.now()
    services.arrange_absence(
        cast.li_na, cast.zhang_wei, from_at=now, until_at=now + timedelta(days=9), actor=cast.li_na
    )
    services.issue_token(cast.zhang_wei, "t", ["read"], actor=cast.zhang_wei)
    roster = services.save_roster(
        None, actor=None, name_en="Duty", team=cast.desk, starts_on=now.date(), fallback=cast.zhang_wei
    )
    services.join_roster(roster, cast.zhang_wei, actor=None)
    User.objects.filter(pk=cast.li_na.pk).update(manager=cast.zhang_wei)
    return incident


def everything_to(person, to):
    return {one.key: to for one in portions_of(person) if one.pass_on}


def test_all_of_it_goes_over_in_one_act(cast, loaded, deliver):
    receivers = everything_to(cast.zhang_wei, cast.chen_hao)
    services.hand_over(cast.zhang_wei, receivers, actor=cast.admin)
    loaded.refresh_from_db()
    cast.finance.refresh_from_db(), cast.erp.refresh_from_db(), cast.desk.refresh_from_db()
    assert not User.objects.get(pk=cast.zhang_wei.pk).is_active
    assert loaded.assignee == cast.chen_hao and loaded.tasks.get().assignee == cast.chen_hao
    assert cast.desk.lead == cast.finance.head == cast.erp.owner == cast.chen_hao
    assert RequestItem.objects.get().owner == Article.objects.get().owner == cast.chen_hao
    assert (
        cast.chen_hao in Board.objects.get().members.all() and cast.zhang_wei not in Board.objects.get().members.all()
    )
    assert Delegation.objects.get().substitute == cast.chen_hao
    assert User.objects.get(pk=cast.li_na.pk).manager == cast.chen_hao
    left = [one.key for one in portions_of(User.objects.get(pk=cast.zhang_wei.pk))]
    assert left == [], f"still theirs: {left}"
    deliver()
    mail = Mail.objects.get(kind="handed_over")
    assert mail.user == cast.chen_hao and "张伟" in mail.subject
    assert Event.objects.filter(name="ticket.handed_over").get().data["former"] == cast.zhang_wei.pk


def test_without_a_receiver_nothing_happens(cast, loaded):
    receivers = everything_to(cast.zhang_wei, cast.chen_hao) | {"items": None}
    with pytest.raises(InvalidInput) as refused:
        services.hand_over(cast.zhang_wei, receivers, actor=cast.admin)
    assert list(refused.value.fields) == ["items"]
    loaded.refresh_from_db()
    assert loaded.assignee == cast.zhang_wei and User.objects.get(pk=cast.zhang_wei.pk).is_active


@pytest.mark.parametrize("to", ["zhang_wei", "gone", "li_na"])
def test_a_wrong_receiver_is_named(cast, loaded, to):
    services.deactivate(cast.liu_yang, actor=cast.admin)
    wrong = {"gone": User.objects.get(pk=cast.liu_yang.pk)}.get(to) or getattr(cast, to)
    receivers = everything_to(cast.zhang_wei, cast.chen_hao) | {f"tickets-{cast.desk.pk}": wrong}
    with pytest.raises(InvalidInput) as refused:
        services.hand_over(cast.zhang_wei, receivers, actor=cast.admin)
    assert f"tickets-{cast.desk.pk}" in refused.value.fields


def test_what_came_after_the_page_is_shown_again(cast, loaded):
    receivers = everything_to(cast.zhang_wei, cast.chen_hao)
    services.set_lead(cast.network, cast.zhang_wei, actor=cast.admin)
    with pytest.raises(InvalidInput) as refused:
        services.hand_over(cast.zhang_wei, receivers, actor=cast.admin)
    assert list(refused.value.fields) == [f"team-{cast.network.pk}"]


def test_work_may_wait_in_the_queue(cast, loaded):
    receivers = everything_to(cast.zhang_wei, cast.chen_hao) | {f"tickets-{cast.desk.pk}": None}
    services.hand_over(cast.zhang_wei, receivers, actor=cast.admin)
    loaded.refresh_from_db()
    assert loaded.assignee is None and loaded.team == cast.desk


def test_nobody_deactivated_is_given_a_ticket(cast, incident):
    services.deactivate(cast.zhang_wei, actor=cast.admin)
    given = {"team": cast.desk, "assignee": cast.zhang_wei}
    with pytest.raises(InvalidInput):
        tickets.take_transition(incident, "assign", actor=cast.wang_fang, values=given)


def test_only_administrators_and_never_oneself(cast):
    with pytest.raises(NotAllowed):
        services.hand_over(cast.zhang_wei, {}, actor=cast.wang_fang)
    with pytest.raises(Refused):
        services.hand_over(cast.admin, {}, actor=cast.admin)


def test_the_page_proposes_and_keeps_what_was_typed(cast, loaded, client):
    client.force_login(cast.admin)
    url = reverse("accounts:leaving", args=[cast.zhang_wei.pk])
    page = client.get(url).content.decode()
    assert 'value="wang.fang"' in page and incidents and loaded.number in page
    refused = client.post(url, {"items": "nobody.of.this.name"})
    assert refused.status_code == 422 and "nobody.of.this.name" in refused.content.decode()
    typed = {one.key: "chen.hao" for one in portions_of(cast.zhang_wei) if one.pass_on}
    assert client.post(url, typed).status_code == 302
    assert not User.objects.get(pk=cast.zhang_wei.pk).is_active
    client.post(reverse("accounts:reactivate", args=[cast.zhang_wei.pk]))
    assert User.objects.get(pk=cast.zhang_wei.pk).is_active
    client.force_login(cast.wang_fang)
    assert client.get(url).status_code == 403
