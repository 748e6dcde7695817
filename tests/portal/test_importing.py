"""The whole way of an import on screen: file, columns, what it would do, doing it, undoing it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cmdb.models import ConfigurationItem, ImportRun, Source

SHEET = "主机名,名称,序列号,IP,内存\nsrv-1,一号,S-1,10.0.0.1,64\nsrv-2,=二号,S-2,10.0.0.300,64\n"
TARGETS = ("slug", "name_zh", "value_serial_number", "value_ip_address", "value_memory")


@pytest.fixture
def desk(client, cast):
    for person in (cast.chen_hao, cast.wang_fang):
        person.language = "en"
        person.save()
    client.force_login(cast.chen_hao)
    return client


def upload(desk, content, called="items.csv", **more):
    return desk.post("/cmdb/import/new/", {"file": SimpleUploadedFile(called, content), **more})


def test_a_spreadsheet_from_upload_to_undo(desk, cast):
    assert b"Nothing was imported yet" in desk.get("/cmdb/import/").content
    sent = upload(desk, SHEET.encode("gb18030"), called="设备.csv", name="资产表", item_class="server")
    run = ImportRun.objects.get()
    assert sent.headers["Location"] == f"/cmdb/import/{run.pk}/columns/" and run.name == "设备.csv"
    page = desk.get(sent.headers["Location"]).content.decode()
    assert "10.0.0.300" in page
    for target in TARGETS:
        assert f'value="{target}" selected' in page, target
    named = {f"column_{n}": target for n, target in enumerate(TARGETS)}
    twice = desk.post(f"/cmdb/import/{run.pk}/columns/", named | {"column_1": "slug"})
    assert twice.status_code == 422 and b"Two columns mean the same" in twice.content
    desk.post(f"/cmdb/import/{run.pk}/columns/", named)
    page = desk.get(f"/cmdb/import/{run.pk}/").content.decode()
    assert "Nothing is written yet" in page and "This is no IP address." in page and "S-1" in page
    csv = b"".join(desk.get(f"/cmdb/import/{run.pk}/lines.csv").streaming_content).decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("srv-2,'=二号,S-2,10.0.0.300,64,3,")
    desk.post(f"/cmdb/import/{run.pk}/apply/")
    item = ConfigurationItem.objects.get(slug="srv-1")
    assert item.values["memory"] == 64
    assert "made the record" in desk.get(f"/cmdb/{item.pk}/").content.decode()
    desk.post(f"/cmdb/import/{run.pk}/undo/")
    assert not ConfigurationItem.objects.filter(slug="srv-1").exists()
    assert "Undone" in desk.get(f"/cmdb/import/{run.pk}/").content.decode()
    again = upload(desk, SHEET.encode(), source=Source.objects.get().pk)
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"a,b\n", "no rows"), (b"a,a\n1,2\n", "Two columns are called"), (b"\xff\xfe\xff", "no text"),
     (b"PK\x03\x04broken", "cannot be read"), (b"[1]", "no object"), (b"[{]", "no valid JSON"),
     (b"\xd0\xcf\x11\xe0old", "xlsx")],
)  # fmt: skip
def test_files_that_nobody_can_read_say_why_and_keep_what_was_typed(desk, content, words):
    answer = upload(desk, content, name="Assets", item_class="server")
    assert answer.status_code == 422
    assert words in answer.content.decode() and not Source.objects.exists()
    assert "Assets" in answer.content.decode() or not content


def test_a_json_list_names_its_columns(desk, cast):
    listed = json.dumps({"hosts": [{"hostname": "a", "name": "A", "sn": 7}, {"hostname": "b", "os": None}]})
    answer = upload(desk, listed.encode(), name="J", item_class="server")
    page = desk.get(answer.headers["Location"]).content.decode()
    assert "hostname" in page and "os" in page and ">7<" in page


def test_people_without_the_desk_see_no_imports(desk, cast):
    upload(desk, SHEET.encode(), name="T", item_class="server")
    run = ImportRun.objects.get()
    desk.force_login(cast.li_na)
    for path in ("", "new/", "sources/", f"{run.pk}/", f"{run.pk}/columns/", f"{run.pk}/lines.csv"):
        assert desk.get(f"/cmdb/import/{path}").status_code == 404, path


def test_authority_and_rules_are_kept_by_managers(desk, cast):
    upload(desk, SHEET.encode(), name="T", item_class="server")
    source = Source.objects.get()
    assert desk.get(f"/cmdb/import/sources/{source.slug}/").status_code == 403
    desk.force_login(cast.wang_fang)
    form = {"name_en": "T", "item_class": "server", "begins_as": "live", "creates": "on", "rank": 40, "is_active": "on",
            "rule_0_0": "value_serial_number", "rule_1_0": "name_en", "rule_1_1": "value_ip_address",
            "rank_value_memory": 90}  # fmt: skip
    assert desk.post(f"/cmdb/import/sources/{source.slug}/", form).status_code == 302
    source.refresh_from_db()
    assert (source.rank, source.ranks) == (40, {"value_memory": 90})
    assert source.rules == [["value_serial_number"], ["name_en", "value_ip_address"]]
    wrong = desk.post(f"/cmdb/import/sources/{source.slug}/", form | {"rank": 400})
    assert wrong.status_code == 422
    assert desk.get("/cmdb/import/sources/").status_code == 200


def test_an_agents_token_is_shown_once_and_can_be_revoked(desk, cast):
    desk.force_login(cast.wang_fang)
    form = {"slug": "office", "name_en": "Office", "kind": "agent", "item_class": "desktop", "begins_as": "live",
            "creates": "on", "rank": 60, "is_active": "on"}  # fmt: skip
    assert desk.post("/cmdb/import/sources/new/", form).status_code == 302
    shown = desk.post("/cmdb/import/sources/office/token/")
    assert b"not shown again" in shown.content
    digest = Source.objects.get(slug="office").token_digest
    assert digest and digest not in desk.get("/cmdb/import/sources/office/").content.decode()
    desk.post("/cmdb/import/sources/office/token/", {"revoke": "1"})
    assert Source.objects.get(slug="office").token_digest == ""
