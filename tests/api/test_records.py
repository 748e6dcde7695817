"""Owners answer for their records through the API, as they do at /records/."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cmdb import services as cmdb
from cmdb.models import Attestation
from notifications.models import Notification
from tests.imports import by_hand


@pytest.fixture
def campaign(cast):
    for n in range(3):
        by_hand(cast, f"nb-{n}", owner=cast.li_na, organisation=cast.xinghe)
    day = (timezone.now() + timedelta(days=5)).date()
    return cmdb.open_campaign(actor=cast.wang_fang, name="Laptops", due_on=day, item_classes=["server"])


@pytest.fixture
def mine(client, cast, campaign):
    client.force_login(cast.li_na)
    return client


def post(client, record, what, given=None, **headers):
    url = f"/api/v1/records/{record['id']}/{what}/"
    return client.post(url, given or {}, content_type="application/json", headers=headers)


def test_records_are_confirmed_corrected_and_leave_the_list(mine, cast, campaign):
    first, second, third = mine.get("/api/v1/records/").json()["results"]
    assert (first["item"]["slug"], first["campaign"]["name"]) == ("nb-0", "Laptops")
    key = {"Idempotency-Key": "a-key-of-twenty-characters"}
    assert [post(mine, first, "confirm", **key).json() for _time in range(2)] == [{"done": True}] * 2
    assert post(mine, first, "confirm").status_code == 404
    assert post(mine, second, "correct", {"why": " "}).status_code == 422
    assert post(mine, second, "correct", {"why": "sold"}).json() == {"done": True}
    assert [one["id"] for one in mine.get("/api/v1/records/").json()["results"]] == [third["id"]]
    answers = list(campaign.attestations.order_by("pk").values_list("answer", flat=True))
    assert answers == ["right", "wrong", ""]
    mine.force_login(cast.zhang_wei)
    assert mine.get("/api/v1/records/").json()["results"] == [] and post(mine, third, "confirm").status_code == 404


def test_a_record_is_handed_over_to_whose_it_is_who_is_told_and_asked(mine, cast, campaign, deliver):
    deliver()
    record = mine.get("/api/v1/records/").json()["results"][0]
    assert post(mine, record, "hand-over", {"to": cast.li_na.pk}).status_code == 422
    assert post(mine, record, "hand-over", {"to": cast.stranger.pk}).status_code == 422  # whom she does not see
    assert post(mine, record, "hand-over", {"to": cast.zhao_min.pk}).json() == {"done": True}
    assert post(mine, record, "confirm").status_code == 404
    deliver()
    told = Notification.objects.filter(event__name="attestation.handed_over")
    assert [one.user for one in told] == [cast.zhao_min]
    mine.force_login(cast.zhao_min)
    assert [one["id"] for one in mine.get("/api/v1/records/").json()["results"]] == [record["id"]]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_for_every_length(mine, cast, campaign, django_assert_num_queries, many):
    Attestation.objects.filter(pk__in=list(campaign.attestations.values_list("pk", flat=True)[many:])).delete()
    mine.get("/api/v1/records/")
    with django_assert_num_queries(3):
        assert len(mine.get("/api/v1/records/").json()["results"]) == many
