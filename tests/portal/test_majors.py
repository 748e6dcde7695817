"""Major incidents, announcements and the status page as people meet them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cmdb import services as cmdb
from cmdb.models import Announcement, Outage
from core import clock
from incidents import services as incidents
from incidents.models import Incident, MajorUpdate

pytestmark = pytest.mark.django_db
VALUES = {"commander": 0, "extent": "full", "cadence": "30", "bridge": "https://meet.example/1"}


@pytest.fixture(autouse=True)
def readers_of_english(cast):
    """The words are asserted in English; those of other languages are told so in their tests."""
    User.objects.update(language="en")
    for person in vars(cast).values():
        if isinstance(person, User):
            person.language = "en"


@pytest.fixture
def declared(cast, incident):
    values = VALUES | {"commander": cast.chen_hao}
    return incidents.take_major(incident, "declare", actor=cast.wang_fang, values=values)


def test_manager_declares_from_the_ticket_and_lands_on_the_command_page(client, cast, incident):
    client.force_login(cast.wang_fang)
    step = f"/desk/majors/{incident.number}/do/declare/"
    assert step in client.get(f"/desk/t/{incident.number}/").content.decode()
    answer = client.post(step, VALUES | {"commander": cast.chen_hao.pk}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/desk/majors/{incident.number}/"
    assert "https://meet.example/1" in page and "Chen Hao" in page and "declared it a major incident" in page


def test_agent_may_propose_and_not_declare(client, cast, incident):
    client.force_login(cast.zhang_wei)
    page = client.get(f"/desk/t/{incident.number}/").content.decode()
    assert "/do/propose/" in page and "/do/declare/" not in page
    answer = client.post(f"/desk/majors/{incident.number}/do/declare/", VALUES | {"commander": cast.chen_hao.pk})
    assert answer.status_code == 403
    client.post(f"/desk/majors/{incident.number}/do/propose/", {"reason": "phones ring"})
    client.force_login(cast.wang_fang)
    page = client.get(f"/desk/t/{incident.number}/").content.decode()
    assert "phones ring" in page and "/do/declare/" in page and "/do/reject/" in page


def test_ordinary_ticket_has_no_command_page(client, cast, incident):
    client.force_login(cast.wang_fang)
    assert client.get(f"/desk/majors/{incident.number}/").status_code == 404


def test_template_fills_the_news_in_both_languages(client, cast, declared):
    client.force_login(cast.chen_hao)
    page = client.get(f"/desk/majors/{declared.incident.number}/?template=restored").content.decode()
    assert "ERP 系统" in page and "The fault of ERP is repaired" in page


def test_news_and_notes_appear_and_empty_ones_are_refused(client, cast, declared):
    client.force_login(cast.chen_hao)
    url = f"/desk/majors/{declared.incident.number}/"
    assert client.post(f"{url}update/", {"audience": "public", "text_en": ""}).status_code == 422
    client.post(f"{url}update/", {"audience": "public", "text_en": "We are on it"})
    client.post(f"{url}note/", {"text": "supplier called"})
    page = client.get(url).content.decode()
    assert MajorUpdate.objects.get().text_en == "We are on it"
    assert "supplier called" in page and "We are on it" in page


def test_children_are_attached_with_one_click_and_counted(client, cast, declared):
    incidents.report_incident(actor=cast.zhao_min, title="me too", service=cast.erp)
    client.force_login(cast.zhang_wei)
    url = f"/desk/majors/{declared.incident.number}/"
    assert "Bring 1 open report under it" in client.get(url).content.decode()
    client.post(f"{url}attach/")
    assert "1 report below it" in client.get(f"{url}children/").content.decode()


def test_arranging_refuses_no_service(client, cast, declared):
    client.force_login(cast.wang_fang)
    given = {"commander": cast.chen_hao.pk, "cadence": 60, "extent": "partial", "services": []}
    assert client.post(f"/desk/majors/{declared.incident.number}/arrange/", given).status_code == 422
    client.post(f"/desk/majors/{declared.incident.number}/arrange/", given | {"services": [cast.email.pk]})
    assert Outage.objects.get(until_at=None).service_id == cast.email.pk


@pytest.mark.parametrize("path", ["/", "/report/", "/status/"])
def test_banner_is_shown_to_those_whose_service_it_is(client, cast, declared, path):
    incidents.post_update(declared.incident, actor=cast.chen_hao, audience="public", text_en="Disk full")
    incidents.post_update(declared.incident, actor=cast.chen_hao, audience="staff", text_en="bad admin")
    client.force_login(cast.zhao_min)
    page = client.get(path).content.decode()
    assert "Disturbance: ERP" in page and "Disk full" in page and "bad admin" not in page
    client.force_login(cast.stranger)
    page = client.get(path).content.decode()
    assert "Disturbance" not in page and "Disk full" not in page


def test_one_click_reports_it_and_tells_the_number(client, cast, declared):
    client.force_login(cast.zhao_min)
    page = client.post(f"/majors/{declared.pk}/join/", follow=True).content.decode()
    child = Incident.objects.get(requester=cast.zhao_min)
    assert child.parent_id == declared.pk and f"your ticket is {child.number}" in page
    client.force_login(cast.stranger)
    assert client.post(f"/majors/{declared.pk}/join/").status_code == 404


def test_status_page_says_state_and_availability(client, cast, declared):
    now = clock.now()
    Outage.objects.all().delete()
    Outage.objects.create(service=cast.erp, from_at=now - timedelta(hours=16.8), cause="")
    client.force_login(cast.zhao_min)
    page = client.get("/status/").content.decode()
    assert "Outage" in page and "Operational" in page
    assert "90.00 %" in page or "89.99 %" in page
    assert "Disturbances of the last 90 days" in page


def test_maintenance_under_way_is_no_outage(client, cast):
    now = clock.now()
    hour = timedelta(hours=1)
    cmdb.announce(
        Announcement(), actor=cast.wang_fang, services=[cast.email], title_en="New disks", level="maintenance",
        from_at=now - hour, until_at=now + hour, work_from=now - hour, work_until=now + hour,
    )  # fmt: skip
    client.force_login(cast.zhao_min)
    assert "Maintenance" in client.get("/status/").content.decode()
    assert "New disks" in client.get("/").content.decode()


def test_announcements_are_written_by_managers(client, cast):
    client.force_login(cast.zhang_wei)
    assert client.get("/desk/announcements/").status_code == 200
    assert client.get("/desk/announcements/new/").status_code == 403
    client.force_login(cast.wang_fang)
    given = {"level": "news", "title_zh": "放假通知", "from_at": "2026-11-01T08:00", "until_at": "2026-10-01T08:00"}
    assert client.post("/desk/announcements/new/", given).status_code == 422
    client.post("/desk/announcements/new/", given | {"until_at": "2027-01-01T08:00"})
    row = Announcement.objects.get()
    assert row.created_by == cast.wang_fang
    client.post(f"/desk/announcements/{row.pk}/delete/")
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("path", ["/status/", "/desk/majors/"])
def test_pages_cost_no_more_queries_with_more_rows(client, cast, declared, path):
    client.force_login(cast.wang_fang)
    client.get(path)
    with CaptureQueriesContext(connection) as once:
        client.get(path)
    for n in range(2):
        other = incidents.report_incident(actor=cast.zhao_min, title=f"mail {n}", service=cast.email)
        values = VALUES | {"commander": cast.chen_hao}
        incidents.take_major(other, "declare", actor=cast.wang_fang, values=values)
        incidents.post_update(other, actor=cast.chen_hao, audience="public", text_en="x")
    with CaptureQueriesContext(connection) as thrice:
        client.get(path)
    assert len(thrice) <= len(once) + 2  # the updates and their services are read once there are any
