"""Who does what for a service: one accountable, gaps said plainly, and used on tickets."""

import pytest
from django.urls import reverse

from accounts import services as people
from cmdb import services
from cmdb.models import Letter, Responsibility
from cmdb.selectors import responsibilities as selectors
from core.errors import InvalidInput, NotAllowed
from core.holdings import portions_of
from tickets import services as tickets

pytestmark = pytest.mark.django_db


def give(cast, letter, party, activity="incident", actor=None):
    named = {"team": party} if hasattr(party, "line") else {"person": party}
    return services.assign_responsibility(
        cast.erp, actor=actor or cast.wang_fang, activity=activity, letter=letter, **named
    )


def lacks(cast, activity="incident"):
    return next(row.lacks for row in selectors.matrix_of(cast.erp) if row.activity == activity)


def test_exactly_one_is_accountable_and_gaps_are_said(cast):
    assert lacks(cast) == [Letter.ACCOUNTABLE, Letter.RESPONSIBLE]
    give(cast, "A", cast.wang_fang)
    assert lacks(cast) == [Letter.RESPONSIBLE]
    with pytest.raises(InvalidInput) as refused:
        give(cast, "A", cast.database)
    assert "Wang Fang" in str(refused.value.fields["letter"])
    give(cast, "R", cast.database)
    give(cast, "R", cast.database)
    assert lacks(cast) == [] and Responsibility.objects.count() == 2


def test_who_is_gone_counts_no_more(cast):
    give(cast, "A", cast.database), give(cast, "R", cast.liu_yang)
    people.update_team(cast.database, actor=cast.admin, is_active=False)
    people.deactivate(cast.liu_yang, actor=cast.admin)
    assert lacks(cast) == [Letter.ACCOUNTABLE, Letter.RESPONSIBLE]


def test_neither_nobody_nor_both_nor_somebody_gone(cast):
    for named in ({}, {"team": cast.desk, "person": cast.zhang_wei}):
        with pytest.raises(InvalidInput):
            services.assign_responsibility(cast.erp, actor=cast.wang_fang, activity="incident", letter="C", **named)
    people.deactivate(cast.liu_yang, actor=cast.admin)
    cast.liu_yang.refresh_from_db()
    with pytest.raises(InvalidInput):
        give(cast, "C", cast.liu_yang)


def test_owner_and_managers_keep_it(cast):
    with pytest.raises(NotAllowed):
        give(cast, "C", cast.desk, actor=cast.chen_hao)
    cast.erp.owner = cast.chen_hao
    cast.erp.save()
    give(cast, "C", cast.desk, actor=cast.chen_hao)


def test_services_of_a_team_without_people_are_reported(cast):
    assert list(selectors.without_a_team(cast.wang_fang)) == []
    people.remove_from_team(cast.network, cast.chen_hao, actor=cast.admin)
    assert [item.slug for item in selectors.without_a_team(cast.wang_fang)] == ["email"]


def test_pages_show_gaps_and_keep_what_was_typed(cast, client, django_assert_max_num_queries):
    client.force_login(cast.wang_fang)
    url = reverse("cmdb:matrix", args=[cast.erp.pk])
    assert client.post(url, {"activity": "incident", "letter": "A", "team": cast.database.pk}).status_code == 302
    refused = client.post(url, {"activity": "incident", "letter": "A", "person": "chen.hao"})
    assert refused.status_code == 422 and 'value="chen.hao"' in refused.content.decode()
    assert "数据库组" in client.get(url).content.decode()
    with django_assert_max_num_queries(20):
        assert client.get(reverse("cmdb:responsibilities")).status_code == 200
    client.force_login(cast.admin)
    assert "ERP 系统" in client.get(reverse("accounts:team", args=[cast.database.pk])).content.decode()
    client.force_login(cast.chen_hao)
    assert client.post(url, {"activity": "incident", "letter": "C", "team": cast.desk.pk}).status_code == 403
    client.force_login(cast.li_na)
    assert client.get(url).status_code == 404


def test_consulted_and_informed_are_offered_as_watchers(cast, client, incident):
    give(cast, "A", cast.wang_fang), give(cast, "C", cast.chen_hao), give(cast, "I", cast.operations)
    give(cast, "I", cast.zhao_min, activity="change")
    client.force_login(cast.zhang_wei)
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    panel = client.get(reverse("desk:responsible", args=[incident.number])).content.decode()
    assert "陈浩" in panel and "王芳" in panel and "赵敏" not in panel
    client.post(reverse("desk:invite-responsible", args=[incident.number]))
    assert set(incident.watchers.values_list("user", flat=True)) == {cast.chen_hao.pk, cast.wang_fang.pk}
    again = client.get(reverse("desk:responsible", args=[incident.number])).content.decode()
    assert "invite" not in again


def test_whoever_leaves_hands_them_over(cast):
    give(cast, "A", cast.zhang_wei), give(cast, "R", cast.zhang_wei), give(cast, "R", cast.chen_hao)
    receivers = {one.key: cast.chen_hao for one in portions_of(cast.zhang_wei) if one.pass_on}
    people.hand_over(cast.zhang_wei, receivers, actor=cast.admin)
    held = Responsibility.objects.values_list("letter", "person")
    assert sorted(held) == [("A", cast.chen_hao.pk), ("R", cast.chen_hao.pk)]


def test_api(cast, client):
    client.force_login(cast.wang_fang)
    body = {"service": cast.erp.pk, "activity": "change", "letter": "A", "team": cast.database.pk}
    made = client.post("/api/v1/responsibilities/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    listed = client.get(f"/api/v1/responsibilities/?service={cast.erp.pk}").json()
    assert [row["letter"] for row in listed["results"]] == ["A"]
    twice = client.post("/api/v1/responsibilities/", body | {"team": cast.desk.pk}, content_type="application/json")
    assert twice.status_code == 422
    assert client.delete(f"/api/v1/responsibilities/{made.json()['id']}/").status_code == 204
