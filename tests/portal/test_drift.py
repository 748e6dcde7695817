"""What an import finds other than recorded on a live item becomes a change, with item and differences written in."""

import pytest

from changes.models import Change
from cmdb.models import ConfigurationItem
from tests.imports import by_hand, imported, source

ROW = {"host": "srv-1", "sn": "S-1", "ip": "10.0.0.2", "gb": "128"}


@pytest.fixture
def line(cast, client):
    """A live server, recorded otherwise than a weak source finds it."""
    by_hand(cast, "srv-1", {"ip_address": "10.9.9.9", "memory": 64}, organisation=cast.xinghe)
    ConfigurationItem.objects.filter(slug="srv-1").update(state="live")
    found = imported(cast, source(cast, "sheet", rank=40), [ROW]).lines.get()
    client.force_login(cast.chen_hao)
    return found


def test_drift_becomes_a_change_from_the_import_and_from_the_item(line, cast, client):
    address = f"/changes/new/?drift={line.pk}"
    assert address in client.get(f"/cmdb/import/{line.run_id}/").content.decode()
    assert address in client.get(f"/cmdb/{line.item_id}/").content.decode()
    form = client.get(address).context["form"]
    assert form.initial["title"] == "srv-1 is not as recorded"
    assert "- IP address: 10.9.9.9 → 10.0.0.2" in form.initial["description"]
    assert "- Memory: 64 → 128" in form.initial["description"] and "S-1" not in form.initial["description"]
    page = client.get(address).content.decode()
    assert "Sheet, items.csv, line 2" in page and "srv-1" in page
    given = {"title": form.initial["title"], "description": form.initial["description"], "type": "normal",
             "affected_items": "srv-1", "impact": 3, "urgency": 3, "watch_hours": 24}  # fmt: skip
    assert client.post(address, given).status_code == 302
    assert list(Change.objects.get().affected_items.values_list("slug", flat=True)) == ["srv-1"]


def test_what_only_fills_a_gap_or_is_not_in_service_is_no_drift(cast, client):
    by_hand(cast, "srv-1", organisation=cast.xinghe)
    item = ConfigurationItem.objects.get(slug="srv-1")
    sheet = source(cast, "sheet")
    run = imported(cast, sheet, [ROW])
    client.force_login(cast.chen_hao)
    assert b"drift=" not in client.get(f"/cmdb/import/{run.pk}/").content
    ConfigurationItem.objects.filter(pk=item.pk).update(state="retired")
    run = imported(cast, sheet, [ROW | {"gb": "256"}])
    assert b"drift=" not in client.get(f"/cmdb/import/{run.pk}/").content
    assert b"drift=" not in client.get(f"/cmdb/{item.pk}/").content


def test_a_line_that_one_may_not_see_tells_nothing(line, cast, client):
    client.force_login(cast.li_na)
    assert client.get(f"/changes/new/?drift={line.pk}").status_code == 404
    client.force_login(cast.chen_hao)
    for typed in ("999999999", "x", "9" * 30):
        assert client.get(f"/changes/new/?drift={typed}").context["form"].initial.get("description") is None
