"""Disturbances that managers enter by hand: on the desk's page, on everybody's status page, in availability."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cmdb.models import Outage
from core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, cast):
    User.objects.update(language="en")
    client.force_login(User.objects.get(pk=cast.wang_fang.pk))
    return client


def written(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def posted(cast, **changes):
    began = clock.now() - timedelta(hours=16.8)
    values = {"service": cast.erp.pk, "is_full": "1", "from_at": written(began), "until_at": "", "text_en": "Fan broke"}
    return values | changes


def test_what_a_manager_enters_stands_on_the_status_page_and_counts_until_it_ends(manager, cast):
    answer = manager.post(reverse("desk:new-outage"), posted(cast), follow=True)
    assert "Fan broke" in answer.content.decode() and "still going on" in answer.content.decode()
    page = manager.get("/status/").content.decode()
    assert "Fan broke" in page and ("90.00 %" in page or "89.99 %" in page)
    row = Outage.objects.get()
    manager.post(reverse("desk:end-outage", args=[row.pk]))
    assert "still going on" not in manager.get("/status/").content.decode()
    shown = manager.get(reverse("desk:change-outage", args=[row.pk])).content.decode()
    manager.post(reverse("desk:change-outage", args=[row.pk]), posted(cast, is_full="", until_at=written(clock.now())))
    assert written(row.from_at) in shown and "100.00 %" in manager.get("/status/").content.decode()
    manager.post(reverse("desk:discard-outage", args=[row.pk]))
    assert not Outage.objects.exists()


def test_nonsense_is_told_beside_its_field_and_what_was_typed_stays(manager, cast):
    for changes, words in (
        ({"until_at": written(clock.now() - timedelta(days=2))}, "ends before it begins"),
        ({"from_at": written(clock.now() + timedelta(days=2))}, "lies in the future"),
        ({"service": "0"}, "Select a valid choice"),
    ):
        answer = manager.post(reverse("desk:new-outage"), posted(cast, **changes))
        page = answer.content.decode()
        assert answer.status_code == 422 and "Fan broke" in page
        assert words in page, answer.context["form"].errors
    assert not Outage.objects.exists()


def test_agents_read_and_do_not_write(client, cast):
    Outage.objects.create(service=cast.erp, from_at=clock.now())
    client.force_login(cast.zhang_wei)
    assert client.get(reverse("desk:outages")).status_code == 200
    assert client.get(reverse("desk:new-outage")).status_code == 403
    assert client.post(reverse("desk:end-outage", args=[Outage.objects.get().pk])).status_code == 403


def test_list_costs_the_same_at_one_and_three_rows(manager, cast):
    counts = []
    manager.get(reverse("desk:outages"))
    for _number in range(3):
        Outage.objects.create(service=cast.erp, from_at=clock.now(), until_at=clock.now())
        with CaptureQueriesContext(connection) as queries:
            manager.get(reverse("desk:outages"))
        counts.append(len(queries))
    assert counts[0] == counts[2]
