"""Absence as people arrange it for themselves and for those they manage: pages, news, warnings."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts import services as people
from accounts.models import Delegation, User
from core import clock
from notifications.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_readers(cast):
    User.objects.update(language="en", time_zone="UTC")


@pytest.fixture
def span():
    """Tomorrow and the day after, as a form and as instants."""
    start = (clock.now() + timedelta(days=1)).replace(second=0, microsecond=0)
    return {"from_at": start, "until_at": start + timedelta(days=2)}


def typed(span, **more):
    return {name: f"{at:%Y-%m-%dT%H:%M}" for name, at in span.items()} | more


def arrange(client, actor, person, **given):
    client.force_login(actor)
    return client.post(reverse("accounts:person_absence", args=[person.pk]), given, follow=True)


def told():
    return set(Mail.objects.filter(kind="absence").values_list("user__username", "subject"))


def test_a_manager_arranges_it_for_somebody_ill_and_both_hear(client, cast, span, deliver):
    client.force_login(cast.wang_fang)
    assert (
        reverse("accounts:person_absence", args=[cast.chen_hao.pk])
        in client.get(reverse("accounts:absence")).content.decode()
    )
    assert (
        reverse("accounts:person_absence", args=[cast.chen_hao.pk])
        in client.get(reverse("accounts:team_coverage", args=[cast.network.pk])).content.decode()
    )
    shown = arrange(client, cast.wang_fang, cast.chen_hao, **typed(span, substitute="liu.yang")).content.decode()
    made = Delegation.objects.get()
    assert (made.person, made.substitute, made.created_by) == (cast.chen_hao, cast.liu_yang, cast.wang_fang)
    assert "Liu Yang" in shown
    deliver()
    assert told() == {
        ("liu.yang", "You stand in for Chen Hao."),
        ("chen.hao", "Liu Yang stands in for you."),
    }
    answer = client.post(reverse("accounts:end_absence", args=[made.pk]))
    assert answer.url == reverse("accounts:person_absence", args=[cast.chen_hao.pk])
    assert not Delegation.objects.exists()
    deliver()
    assert ("liu.yang", "Chen Hao decides alone again: you stand in no more.") in told()


def test_nobody_else_arranges_it(client, cast, span):
    given = typed(span, substitute="liu.yang")
    assert arrange(client, cast.zhang_wei, cast.chen_hao, **given).status_code == 403
    assert arrange(client, cast.stranger, cast.chen_hao, **given).status_code == 404
    assert arrange(client, cast.admin, cast.chen_hao, **given).status_code == 200


def test_who_stands_in_for_each_other_is_warned(client, cast, span):
    people.arrange_absence(cast.liu_yang, cast.chen_hao, actor=cast.liu_yang, **span)
    shown = arrange(client, cast.wang_fang, cast.chen_hao, **typed(span, substitute="liu.yang")).content.decode()
    assert "Liu Yang is away too" in shown
    assert Delegation.objects.count() == 2


def test_a_turn_on_call_within_it_is_told_to_the_lead(client, cast, span, deliver):
    roster = people.save_roster(
        None, actor=cast.admin, name_en="Duty", team=cast.network, starts_on=date(2026, 1, 5), handover_at=time(9)
    )
    people.join_roster(roster, cast.chen_hao, actor=cast.admin)
    client.force_login(cast.chen_hao)
    shown = client.post(reverse("accounts:absence"), typed(span, substitute="liu.yang"), follow=True).content.decode()
    assert "is on call meanwhile (Duty" in shown
    deliver()
    assert ("wang.fang", "Chen Hao is away during a turn on call. Please look who takes over.") in told()
    with clock.travel(span["from_at"] + timedelta(hours=1)):
        client.force_login(cast.wang_fang)
        page = client.get(reverse("accounts:roster", args=[roster.pk])).content.decode()
    assert "Chen Hao is away. Liu Yang is called instead." in page
