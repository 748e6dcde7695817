"""The catalogue and service requests through the API: the same rules as in the portal."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import services
from catalog.models import ServiceRequest
from sla import services as sla
from tests.offers import ANSWERS, MANAGER_THEN_OWNER, offer
from tickets.models import ApprovalSlot
from tickets.services import approving

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast):
    sla.install_defaults()
    cast.li_na.manager = cast.zhao_min
    cast.li_na.save(update_fields=["manager"])
    return offer(cast, route=MANAGER_THEN_OWNER, price="6999.00")


def test_items_tell_their_form_and_promise_to_their_audience(api, cast, item):
    rows = api(cast.li_na).get("/api/v1/request-items/").json()["results"]
    assert [(row["slug"], row["form_version"], row["price"]) for row in rows] == [("laptop", 1, "6999.00")]
    assert rows[0]["promise"]["words"]
    services.save_item(item, actor=None, organisations=[cast.xinghe])
    assert api(cast.stranger).get(f"/api/v1/request-items/{item.pk}/").status_code == 404


def test_asking_makes_one_request_however_often_it_is_sent(api, cast, item):
    body, headers = {"item": item.pk, "answers": ANSWERS}, {"Idempotency-Key": "one-laptop"}
    first = api(cast.li_na).post("/api/v1/requests/", body, format="json", headers=headers)
    again = api(cast.li_na).post("/api/v1/requests/", body, format="json", headers=headers)
    assert (first.status_code, again.json()["number"]) == (201, first.json()["number"])
    asked = ServiceRequest.objects.get()
    assert first.json()["answers"][0]["values"] == ANSWERS and first["Location"].endswith(f"/{asked.number}/")
    assert asked.channel == "api"


def test_wrong_answers_are_told_by_field(api, cast, item):
    body = {"item": item.pk, "answers": {"model": "gold", "what": 1}}
    refused = api(cast.li_na).post("/api/v1/requests/", body, format="json")
    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"model", "what", "reason"}


def test_sent_back_request_is_sent_again_and_withdrawn(api, cast, item):
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS)
    approving.decide(ApprovalSlot.objects.get(state="asked"), actor=cast.zhao_min, approve=False, reason="太贵")
    address = f"/api/v1/requests/{asked.number}/"
    assert api(cast.li_na).get(address).json()["state"] == "draft"
    again = api(cast.li_na).post(f"{address}answers/", {"answers": {"reason": "r", "model": "light"}}, format="json")
    assert (again.status_code, len(again.json()["answers"])) == (200, 2)
    gone = api(cast.li_na).post(f"{address}transitions/", {"name": "withdraw"}, format="json")
    assert (gone.status_code, gone.json()["state"]) == (200, "withdrawn")


def test_requests_of_others_are_not_there(api, cast, item):
    asked = services.submit(item, actor=cast.li_na, answers=ANSWERS)
    assert api(cast.stranger).get(f"/api/v1/requests/{asked.number}/").status_code == 404
    assert api(cast.zhang_wei).get("/api/v1/requests/").json()["results"][0]["item"]["id"] == item.pk
    assert api(cast.zhang_wei).get("/api/v1/tickets/?kind=request").json()["results"][0]["number"] == asked.number


def test_lists_cost_the_same_at_one_and_three_rows(api, cast, item):
    counts = []
    api(cast.zhang_wei).get("/api/v1/requests/")
    for more in (1, 2):
        for _time in range(more):
            services.submit(item, actor=cast.li_na, answers=ANSWERS)
        with CaptureQueriesContext(connection) as told:
            assert api(cast.zhang_wei).get("/api/v1/requests/").status_code == 200
        counts.append(len(told))
    assert counts[0] == counts[1]
