"""Items and relations through the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem
from tests.imports import by_hand
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


def test_a_duplicate_is_listed_told_apart_or_merged(api, cast):
    first, second = by_hand(cast, "srv-1"), by_hand(cast, "srv-01", {"asset_tag": "T-7"})
    third = by_hand(cast, "srv-001")
    cmdb.look_for_duplicates()
    found = api.get("/api/v1/duplicates/").json()["results"]
    pairs = [(one["first"]["id"], one["second"]["id"], one["signs"]) for one in found]
    assert pairs == [(first.pk, second.pk, ["name"]), (first.pk, third.pk, ["name"])]

    def post(path, given, **headers):
        return api.post(f"/api/v1/{path}/", given, content_type="application/json", headers=headers)

    assert post(f"duplicates/{found[1]['id']}/apart", {"why": ""}).status_code == 422
    assert post(f"duplicates/{found[1]['id']}/apart", {"why": "two labels"}).status_code == 200
    assert post(f"duplicates/{found[1]['id']}/apart", {"why": "again"}).status_code == 404
    merge, given = f"items/{first.pk}/merge", {"gone": second.pk, "why": "one label"}
    assert post(merge, given).status_code == 403
    api.force_login(cast.wang_fang)
    first.refresh_from_db()
    assert post(merge, given | {"taken": ["nothing"]}).status_code == 422
    assert post(merge, given | {"gone_version": 99}).status_code == 412
    assert post(merge, given, **{"If-Match": '"99"'}).status_code == 412
    assert post(merge, given | {"gone": 10**9}).status_code == 422
    assert post(merge, given).json()["values"] == {"asset_tag": "T-7"}
    assert api.get(f"/api/v1/items/{second.pk}/").json()["merged_into"] == first.pk
    assert post(merge, given).status_code == 409
    assert api.get("/api/v1/duplicates/").json()["results"] == []
    api.force_login(cast.li_na)
    assert api.get("/api/v1/duplicates/").json()["results"] == []


def test_files_of_an_item_are_kept_all_or_none_downloaded_and_removed(api, cast):
    item = by_hand(cast, "srv-1")
    url = f"/api/v1/items/{item.pk}/files/"
    good, program = (SimpleUploadedFile(*one) for one in (("plan.txt", b"1 2 3"), ("b.exe", b"MZ")))
    assert api.post(url, {"files": [good, program]}).status_code == 422
    assert api.get(url).json()["results"] == []
    good.seek(0)
    [kept] = api.post(url, {"files": [good]}).json()
    assert (kept["name"], kept["size"], kept["uploaded_by"]["id"]) == ("plan.txt", 5, cast.chen_hao.pk)
    assert b"".join(api.get(kept["url"]).streaming_content) == b"1 2 3"
    assert api.get(f"{url}{kept['id']}/").json()["sha256"] == kept["sha256"]
    api.force_login(cast.li_na)
    assert [api.get(one).status_code for one in (url, kept["url"])] == [404, 404]
    api.force_login(cast.chen_hao)
    assert api.delete(f"{url}{kept['id']}/").status_code == 204
    assert api.get(kept["url"]).status_code == 404
