"""Items and relations through the API."""

import pytest

from cmdb.models import ConfigurationItem
from tests.landscape import landscape


@pytest.fixture
def api(client, cast):
    client.force_login(cast.chen_hao)
    return client


def test_items_are_written_read_and_never_overwritten_blindly(api, cast):
    given = {"slug": "srv-1", "item_class": "server", "name_en": "One", "values": {"serial_number": "S1"}}
    made = api.post("/api/v1/items/", given, content_type="application/json")
    assert made.status_code == 201 and made.json()["trust"] == "unverified"
    url, tag = f"/api/v1/items/{made.json()['id']}/", made["ETag"]
    first = api.patch(url, {"environment": "test"}, content_type="application/json", headers={"If-Match": tag})
    assert first.status_code == 200 and first.json()["environment"] == "test"
    late = api.patch(url, {"environment": "office"}, content_type="application/json", headers={"If-Match": tag})
    assert late.status_code == 412
    wrong = api.patch(url, {"values": {"ip_address": "?"}}, content_type="application/json")
    assert wrong.status_code == 422
    assert [row["slug"] for row in api.get("/api/v1/items/?q=s1").json()["results"]] == ["srv-1"]
    api.force_login(cast.li_na)
    assert api.get(url).status_code == 404
    assert api.post("/api/v1/items/", given | {"slug": "x"}, content_type="application/json").status_code == 403


def test_relations_are_made_and_taken_away(api, cast):
    land = landscape(cast)
    given = {"source": land["app"].pk, "target": land["core"].pk, "relation_type": "depends-on"}
    made = api.post("/api/v1/relations/", given, content_type="application/json")
    assert made.status_code == 201
    assert api.post("/api/v1/relations/", given, content_type="application/json").status_code == 409
    assert api.delete(f"/api/v1/relations/{made.json()['id']}/").status_code == 204
    assert ConfigurationItem.objects.get(pk=land["app"].pk).version > land["app"].version
    assert api.get("/api/v1/item-classes/").json()["results"][0]["attributes"] is not None


def test_the_life_of_an_item_and_the_trust_in_it_are_told_once(api, cast):
    land = landscape(cast)
    url = f"/api/v1/items/{land['host-1'].pk}/"

    def post(what, given, **headers):
        return api.post(f"{url}{what}/", given, content_type="application/json", headers=headers)

    key = {"Idempotency-Key": "a-key-of-twenty-characters"}
    first, again = post("dispute", {"why": "gone"}, **key), post("dispute", {"why": "gone"}, **key)
    assert first.json()["trust"] == "disputed" and again.json()["version"] == first.json()["version"]
    tag = api.get(url)["ETag"]
    assert post("verify", {"how": "seen"}, **{"If-Match": tag}).json()["trust"] == "verified"
    assert post("verify", {"how": "seen"}, **{"If-Match": tag}).status_code == 412
    assert post("verify", {"how": ""}).status_code == 422
    assert post("step", {"name": "maintain", "reason": "disk"}).json()["state"] == "maintenance"
    assert post("step", {"name": "order"}).status_code == 409
    assert post("step", {"name": "fly"}).status_code in (409, 422)
    assert post("step", {"name": "retire"}).status_code == 409  # the cluster depends on it
    assert post("step", {"name": "retire", "accepted": "cluster"}).json()["state"] == "retired"
    api.force_login(cast.li_na)
    assert post("dispute", {"why": "x"}).status_code == 404
