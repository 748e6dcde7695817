"""Inventory agents: captured bytes of a real one, and what a guest at this door may not do."""

import base64
import gzip
import json
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from cmdb import services as cmdb
from cmdb.models import Claim, ConfigurationItem, ImportLine, ImportRun
from cmdb.services import importing
from tests.imports import source

DATA = Path(__file__).parents[1] / "data" / "inventory"
PROLOG, INVENTORY = (
    (DATA / f"fusioninventory-2.6-{name}.zlib").read_bytes() for name in ("prolog", "inventory")
)  # fmt: skip
GLPI = {
    "action": "inventory", "deviceid": "pc-1-2026", "itemtype": "Computer",
    "content": {
        "hardware": {"name": "PC-1", "uuid": "4c4c4544-0042", "memory": 16384, "chassis_type": "Laptop"},
        "bios": {"ssn": "To Be Filled By O.E.M.", "smanufacturer": "Lenovo", "smodel": "T14"},
        "operatingsystem": {"full_name": "Windows 11"},
        "networks": [{"description": "eth", "mac": "aa:bb:cc:00:00:01", "ipaddress": "10.1.0.5", "virtualdev": False}],
        "softwares": [{"name": "Firefox", "version": "150"}, {"name": "Firefox", "version": "150"}],
    },
}  # fmt: skip


@pytest.fixture
def office(cast):
    made = source(cast, "office", kind="agent", item_class="desktop")
    made.secret = importing.renew_token(made, actor=cast.wang_fang)
    return made


@pytest.fixture
def send(client, office):
    def post(body, *, secret=office.secret, **headers):
        packed = base64.b64encode(f"office:{secret}".encode()).decode()
        return client.post("/inventory/", body, content_type="application/x-compress-zlib",
                           headers={"Authorization": f"Basic {packed}", **headers})  # fmt: skip

    return post


def machines():
    return ConfigurationItem.objects.filter(claims__source__slug="office")


def changed(body, *pairs):
    plain = zlib.decompress(body).decode()
    for old, new in pairs:
        assert old in plain
        plain = plain.replace(old, new)
    return zlib.compress(plain.encode())


def test_an_agent_is_asked_to_report_and_its_machine_becomes_one_item(send):
    reply = send(PROLOG)
    assert b"<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>24</PROLOG_FREQ>" in zlib.decompress(reply.content)
    for _time in range(2):
        assert send(INVENTORY).status_code == 200
    item = machines().get()
    assert (item.slug, item.name_en, item.item_class_id, item.trust) == (
        "host-7", "host-7", "virtual-machine", "verified"
    )  # fmt: skip
    assert item.values == {
        "operating_system": "Debian GNU/Linux 12 (bookworm)", "cores": 2, "memory": 24, "ip_address": "192.0.2.2",
        "mac_address": "02:fc:00:00:00:01",
    }  # fmt: skip
    assert ImportRun.objects.count() == 1
    assert Claim.objects.get().details["packages"] == 3


def test_drift_is_a_line_that_says_what_changed(send, cast):
    send(INVENTORY)
    item = machines().get()
    facts = {"owner": cast.wang_fang, "support_team": cast.network, "environment": "production", "standalone": "x"}
    cmdb.edit_item(item, actor=cast.chen_hao, name_en="Gateway", **facts)
    cmdb.take_step(item, "go_live", actor=cast.chen_hao)
    send(changed(INVENTORY, ("<MEMORY>24105</MEMORY>", "<MEMORY>49152</MEMORY>")))
    line = ImportLine.objects.filter(run__source__kind="agent", verdict="update", item__state="live").get()
    assert line.diff == {"value_memory": [24, 48]}
    assert machines().get().name_en == "Gateway"


def test_another_machine_with_the_same_name_is_another_machine(send):
    numbered = ("<SSN></SSN>", "<SSN>SN-1</SSN>")
    send(changed(INVENTORY, numbered, ("Docker", "Physical")))
    other = changed(
        INVENTORY, ("<SSN></SSN>", "<SSN>SN-2</SSN>"), ("Docker", "Physical"), ("host-7-2026", "other-2026")
    )
    assert send(other).status_code == 200
    assert ImportLine.objects.filter(verdict="error").count() == 1, "refused for its name, never merged"
    assert machines().get().values["serial_number"] == "SN-1"


def test_an_item_made_by_hand_is_found_by_what_the_agent_says(send, cast):
    desktop = importing.sources.Source.objects.get(slug="office").item_class
    known = cmdb.create_item(actor=cast.chen_hao, item_class=desktop, slug="zc-77", name_en="Li Na's laptop",
                             values={"serial_number": "SN-1"})  # fmt: skip
    send(changed(INVENTORY, ("<SSN></SSN>", "<SSN>SN-1</SSN>")))
    assert machines().get() == known
    assert machines().get().name_en == "Li Na's laptop" and machines().get().values["memory"] == 24


def test_a_glpi_agent_is_answered_in_its_own_words(send):
    glpi = {"User-Agent": "GLPI-Agent_v1.12"}
    assert json.loads(send(PROLOG, **glpi).content) == {"status": "ok", "expiration": 24}
    contact = zlib.compress(json.dumps({"action": "contact", "deviceid": "pc-1-2026"}).encode())
    assert json.loads(send(contact, **glpi).content)["tasks"] == {"inventory": {}}
    for _time in range(2):
        assert json.loads(send(gzip.compress(json.dumps(GLPI).encode()), **glpi).content)["status"] == "ok"
    item = machines().get()
    assert (item.item_class_id, item.values["system_uuid"], item.values["memory"]) == ("desktop", "4C4C4544-0042", 16)
    assert "serial_number" not in item.values and Claim.objects.get().details["software"] == [["Firefox", "150"]]


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"\x78\x9cbroken", zlib.compress(b"<REQUEST/>"), b"{}", b'{"action":"inventory","content":3}',
     zlib.compress(b" " * (25 * 2**20)),
     b'<!DOCTYPE a [<!ENTITY b "c">]><REQUEST><QUERY>PROLOG</QUERY><DEVICEID>&b;</DEVICEID></REQUEST>'],
    ids=["nothing", "letter", "damaged", "empty", "no action", "no content", "bomb", "entity"],
)  # fmt: skip
def test_what_is_no_message_is_refused(send, body):
    assert send(body).status_code == 400
    assert not machines().exists()


def test_only_a_token_in_force_opens_the_door(send, client, office, cast):
    asked = client.post("/inventory/", PROLOG, content_type="application/x-compress-zlib")
    assert asked.status_code == 401 and asked.headers["WWW-Authenticate"].startswith("Basic")
    assert send(INVENTORY, secret="guess").status_code == 401
    importing.revoke_token(office, actor=cast.wang_fang)
    assert send(INVENTORY).status_code == 401 and not machines().exists()
    assert client.get("/inventory/").status_code == 405


def test_a_report_is_undone_by_a_manager(send, cast):
    send(INVENTORY)
    run = ImportRun.objects.get()
    importing.order_undo(run, actor=cast.wang_fang)
    importing.work(run.pk)
    assert not ConfigurationItem.objects.filter(slug="host-7").exists()


@pytest.mark.skipif(shutil.which("fusioninventory-agent") is None, reason="fusioninventory-agent is not installed")
@pytest.mark.django_db(transaction=True)
def test_a_real_agent_reports_this_machine_twice_and_it_is_one_item(office, live_server, tmp_path):
    settings = {"server": f"{live_server.url}/inventory/", "user": "office", "password": office.secret,
                "vardir": tmp_path}  # fmt: skip
    (tmp_path / "agent.cfg").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
    call = ["fusioninventory-agent", f"--conf-file={tmp_path}/agent.cfg", "--tasks=inventory", "--force", "--no-httpd",
            "--logger=stderr"]  # fmt: skip
    for _time in range(2):
        run = subprocess.run(call, capture_output=True, text=True, timeout=300, check=True)
        assert "error" not in run.stderr, run.stderr
    assert machines().count() == 1 and ImportRun.objects.count() == 1
    assert Claim.objects.get(source=office).details["packages"] > 0
