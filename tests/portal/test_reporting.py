"""Reporting a fault from the portal: one typed field, nothing lost, nothing twice."""

import uuid
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from incidents.models import Incident
from sla import services as sla
from tickets.models import Attachment

URL = "/report/"
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai
SUNDAY = datetime(2026, 11, 22, 2, tzinfo=UTC)


def sent(**values):
    return {"text": "打不开共享盘", "affects": "3", "hinders": "2", "sending": uuid.uuid4().hex} | values


@pytest.fixture
def li_na(client, cast):
    cast.li_na.language = "en"
    cast.li_na.save()
    client.force_login(cast.li_na)
    return client


def test_one_typed_field_is_enough(li_na, cast):
    response = li_na.post(URL, sent(place="", contact=""))
    incident = Incident.objects.get()
    assert response["Location"] == reverse("portal:ticket", args=[incident.number])
    assert (incident.title, incident.description, incident.requester) == ("打不开共享盘", "", cast.li_na)
    assert incident.contact == "13800138000"


def test_the_search_text_becomes_the_text_of_the_form(li_na, cast):
    page = li_na.get(URL, {"text": "ERP 登录不上", "service": "erp"}).content.decode()
    assert "ERP 登录不上</textarea>" in page
    assert page.count(" checked") == 1


def test_the_first_line_becomes_the_title_and_the_whole_text_the_description(li_na):
    text = "VPN 从今天早上开始一直断线。" + "很长" * 80 + "\n第二行"
    li_na.post(URL, sent(text=text))
    incident = Incident.objects.get()
    assert incident.title == "VPN 从今天早上开始一直断线"
    assert incident.description == text


def test_a_form_sent_twice_opens_one_ticket(li_na):
    values = sent()
    first, second = li_na.post(URL, values), li_na.post(URL, values)
    assert Incident.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_service_that_is_not_offered_to_the_person_is_refused(client, cast):
    client.force_login(cast.stranger)
    response = client.post(URL, sent(service=cast.erp.pk))
    assert response.status_code == 422
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001, "a\0b"])
def test_bad_text_comes_back_with_its_error_and_the_other_fields(li_na, text):
    response = li_na.post(URL, sent(text=text, place="三楼"))
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert "三楼" in response.content.decode()
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("field", ["affects", "hinders", "service", "sending"])
def test_a_made_up_choice_is_refused(li_na, field):
    assert li_na.post(URL, sent(**{field: "99999"})).status_code == 422
    assert Incident.objects.count() == 0


def test_a_colleague_is_found_by_login_number_or_name(li_na, cast):
    for words in ("zhao.min", "ZHAO.MIN@xinghe.example", "赵敏"):
        li_na.post(URL, sent(on_behalf_of=words))
    assert {i.requester for i in Incident.objects.all()} == {cast.zhao_min}
    assert {i.opened_by for i in Incident.objects.all()} == {cast.li_na}
    assert Incident.objects.count() == 3


def test_nobody_of_another_organisation_is_found(li_na, cast):
    response = li_na.post(URL, sent(on_behalf_of=cast.stranger.username))
    assert response.status_code == 422
    found = li_na.get("/report/people/", {"on_behalf_of": "qian"}).content.decode()
    assert "qian.duo" not in found


def test_files_arrive_with_the_report_and_programs_do_not(li_na):
    li_na.post(URL, sent(files=[SimpleUploadedFile("a.log", b"line\n"), SimpleUploadedFile("b.log", b"line\n")]))
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.log", "b.log"]
    response = li_na.post(URL, sent(files=[SimpleUploadedFile("setup.exe", b"MZ....")]))
    assert response.status_code == 422
    assert "打不开共享盘" in response.content.decode()
    assert Incident.objects.count() == 1


def test_htmx_gets_the_form_alone_with_errors_and_a_redirect_on_success(li_na):
    wrong = li_na.post(URL, sent(text=""), headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert "<html" not in wrong.content.decode()
    right = li_na.post(URL, sent(), headers={"HX-Request": "true"})
    assert right["HX-Redirect"].startswith("/tickets/INC")


def test_visitors_are_sent_to_the_login_page_and_fragments_get_401(client, db):
    assert client.get(URL).status_code == 302
    assert client.get(URL, headers={"HX-Request": "true"}).status_code == 401
    assert Incident.objects.count() == 0


def expected(client, at, **chosen):
    with clock.travel(at):
        return client.get("/report/expected/", chosen).content.decode()


def test_expected_answer_is_said_before_sending_and_follows_what_is_chosen(li_na, cast):
    sla.install_defaults()
    with clock.travel(MONDAY):
        form = li_na.get(URL).content.decode()
    assert "Answer expected by" in form and "closed now" not in form
    calm, urgent = (expected(li_na, MONDAY, hinders=hinders, affects=affects) for hinders, affects in ((3, 3), (1, 1)))
    assert "Answer expected by" in calm and "Answer expected by" in urgent
    assert calm != urgent
    assert expected(li_na, MONDAY, hinders="x", affects="9", service="-1", on_behalf_of="\0") in form


def test_outside_service_hours_the_form_says_when_work_starts(li_na, cast):
    sla.install_defaults()
    assert "The service desk is closed now" in expected(li_na, SUNDAY)
    assert "Monday" in expected(li_na, SUNDAY) or "09:00" in expected(li_na, SUNDAY)
    assert "The service desk is closed now" not in expected(li_na, MONDAY)


def test_where_nothing_is_agreed_nothing_is_promised(li_na, cast):
    assert not expected(li_na, MONDAY).strip()
