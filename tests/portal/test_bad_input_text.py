"""Words of every size and kind: refused with the words kept, or shown escaped wherever they appear."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core import clock
from notifications import services as notifications
from notifications.models import Mail
from tests.footprint import nothing_written
from tickets import services as tickets
from tickets.models import Comment, Ticket, Watcher

pytestmark = pytest.mark.django_db
KEY = "22222222-2222-4222-8222-222222222222"
REPORT = {"affects": 3, "hinders": 2, "sending": KEY}
TOLD = {"zh-hans": ("字段", "字符", "输入", "必填"), "en": ("characters", "allowed", "required")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", ["x" * 10_001, "工单" * 100_000, "开头\0结尾", "", " \n\t "])
def test_report_that_cannot_be_kept_comes_back_with_its_words(client, cast, language, text):
    User.objects.update(language=language)
    client.force_login(User.objects.get(pk=cast.li_na.pk))
    with nothing_written():
        response = client.post("/report/", REPORT | {"text": text})
    assert response.status_code == 422
    page = response.content.decode()
    assert text.strip() in page
    told = page.split('class="field-error"')[1].split("</div>")[0]
    assert any(word in told for word in TOLD[language]), told


def test_longest_first_line_becomes_a_short_title_and_loses_nothing(client, cast):
    client.force_login(cast.li_na)
    assert client.post("/report/", REPORT | {"text": "打" * 10_000}).status_code == 302
    ticket = Ticket.objects.get()
    assert len(ticket.title) <= 120 and ticket.description == "打" * 10_000


@pytest.mark.parametrize("body", ["x" * 200_000, "a\0b", "", "   "])
def test_reply_that_cannot_be_kept_comes_back_with_its_words(client, cast, incident, body):
    client.force_login(cast.li_na)
    with nothing_written():
        response = client.post(f"/tickets/{incident.number}/reply/", {"body": body})
    assert response.status_code == 422 and body.strip() in response.content.decode()
    client.force_login(cast.zhang_wei)
    for mode in ("public", "internal"):
        with nothing_written():
            response = client.post(f"/desk/t/{incident.number}/say/", {"body": body, "mode": mode})
        assert response.status_code == 422 and body.strip() in response.content.decode()


def test_files_do_not_slip_through_beside_words_that_cannot_be_kept(client, cast, incident):
    client.force_login(cast.zhang_wei)
    for data in ({"body": "a\0b"}, {"body": "done", "then": "resolve", "code": "magic"}):
        with nothing_written():
            files = SimpleUploadedFile("log.txt", b"text")
            response = client.post(f"/desk/t/{incident.number}/say/", data | {"files": files})
        assert response.status_code == 422


TOO_LONG = {
    "title": ("properties", {"title": "长" * 10_000}),
    "contact": ("properties", {"contact": "x" * 121}),
    "reason": ("priority", {"priority": "1", "priority_reason": "x" * 201}),
    "notes": ("do/resolve", {"resolution_code": "fixed", "resolution_notes": "x" * 200_000}),
    "cancel": ("do/cancel", {"reason": "x" * 501}),
    "inform": ("more/inform", {"reason": "x" * 501}),
    "split": ("more/split", {"title": "x" * 10_000, "description": "words"}),
    "nul": ("more/split", {"title": "a\0b", "description": "words"}),
}


@pytest.mark.parametrize("case", TOO_LONG)
def test_text_beyond_its_limit_is_refused_by_every_form_of_the_desk(client, cast, incident, case):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    where, data = TOO_LONG[case]
    if where == "do/resolve":
        incident = tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    client.force_login(cast.zhang_wei)
    sent = {"title": incident.title, "impact": 3, "urgency": 2, "priority": 4} | data if where == "properties" else data
    with nothing_written():
        response = client.post(f"/desk/t/{incident.number}/{where}/", sent)
    assert response.status_code == 422
    assert all(value in response.content.decode() for value in data.values())


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/desk/new/", {"caller": "li.na", "title": "长" * 10_000}), ("/desk/new/", {"caller": "nobody", "title": "x"}),
        ("/desk/new/", {"caller": "li\0na", "title": "x"}), ("/desk/new/", {"caller": "qian.duo", "title": "x"}),
        ("/desk/views/new/", {"name": "x" * 61, "audience": "own"}),
        ("/desk/views/new/", {"name": "x", "audience": "?"}),
    ],
)  # fmt: skip
def test_desk_forms_refuse_and_keep(client, cast, url, data):
    client.force_login(cast.zhang_wei)
    common = {"service": cast.erp.pk, "impact": 3, "urgency": 2, "channel": "phone", "description": "留着"}
    with nothing_written():
        response = client.post(url, common | data if url == "/desk/new/" else data)
    assert response.status_code == 422
    if url == "/desk/new/":
        assert "留着" in response.content.decode()


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00", "2026-02-30T10:00", "99999-01-01", "soon"])
def test_ticket_is_not_put_on_hold_until_an_impossible_day(client, cast, incident, at):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    client.force_login(cast.zhang_wei)
    data = {"pending_reason": "vendor", "resume_at": at, "comment": "留着"}
    with nothing_written():
        response = client.post(f"/desk/t/{incident.number}/do/hold/", data)
    assert response.status_code == 422 and at in response.content.decode()


def test_an_hour_that_the_clocks_skip_is_refused(client, cast, incident):
    User.objects.filter(pk=cast.zhang_wei.pk).update(time_zone="Europe/Berlin")
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    client.force_login(User.objects.get(pk=cast.zhang_wei.pk))
    gap = f"{clock.now().year + 1}-03-28T02:30"
    with nothing_written():
        response = client.post(f"/desk/t/{incident.number}/do/hold/", {"pending_reason": "vendor", "resume_at": gap})
    assert response.status_code == 422 and gap in response.content.decode()


HTML = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
MARKDOWN = f"{HTML}\n[go](javascript:alert(1)) ![x](http://evil.example/p.png) <b onclick=x>b</b> =HYPERLINK(1)"


LIVE = ("<img src=x", "<script>alert", 'href="javascript:', "<b onclick", 'evil.example/p.png"')


def harmless(page):
    return not any(mark in page for mark in LIVE)


def test_hostile_words_are_escaped_wherever_they_are_shown(client, cast, deliver):
    User.objects.filter(pk=cast.li_na.pk).update(name=HTML[:60])
    li_na = User.objects.get(pk=cast.li_na.pk)
    client.force_login(li_na)
    assert client.post("/report/", REPORT | {"text": f"=1+1{HTML}\n{MARKDOWN}"}).status_code == 302
    ticket = Ticket.objects.get()
    client.post(f"/tickets/{ticket.number}/reply/", {"body": MARKDOWN})
    tickets.comment(ticket, actor=cast.zhang_wei, body=MARKDOWN)
    deliver()
    notifications.send_due()
    for path in ("/", "/tickets/", f"/tickets/{ticket.number}/", "/notifications/", "/notifications/bell/"):
        assert harmless(client.get(path).content.decode()), path
    client.force_login(cast.zhang_wei)
    number = ticket.number
    for path in (
        "/desk/", "/desk/?view=all&q=alert", f"/desk/t/{number}/", "/desk/people/?caller=li.na", "/notifications/bell/",
        f"/desk/t/{number}/more/link/", f"/desk/t/{number}/do/cancel/", "/account/lookup/?q=li.na",
        f"/sla/receipt/{ticket.pk}/", "/insights/tickets/?figure=open",
    ):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 200 and harmless(response.content.decode()), path
    csv = b"".join(client.get("/insights/tickets.csv?figure=open").streaming_content).decode()
    assert f"'=1+1{HTML[:4]}" in csv and ",=1+1" not in csv and ',"=1+1' not in csv
    assert Mail.objects.exists()
    for mail in Mail.objects.all():
        assert harmless(mail.html)
        assert "\n" not in mail.subject


def test_strangers_and_colleagues_are_not_drawn_in_by_a_mention(client, cast, incident, deliver):
    client.force_login(cast.li_na)
    body = "@qian.duo @zhao.min @nobody @li.na " + "@x" * 5_000
    assert client.post(f"/tickets/{incident.number}/reply/", {"body": body}).status_code == 302
    deliver()
    assert not Watcher.objects.filter(user__in=[cast.stranger, cast.zhao_min]).exists()
    assert not Mail.objects.filter(user__in=[cast.stranger, cast.zhao_min]).exists()
    assert Comment.objects.count() == 1
