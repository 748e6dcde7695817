"""The requester's list and ticket page: own tickets only, plain words, no internal word ever."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from incidents import services as incidents
from incidents.models import Incident
from portal import plain_words
from tickets import services as tickets
from tickets.models import Attachment, Comment


@pytest.fixture
def li_na(client, cast):
    cast.li_na.language = "en"
    cast.li_na.save()
    client.force_login(cast.li_na)
    return client


@pytest.fixture
def solved(incident, cast):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    values = {"resolution_code": "fixed", "resolution_notes": "重启了会话服务"}
    return tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=values)


def page(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def url_of(ticket, rest=""):
    return f"/tickets/{ticket.number}/{rest}"


def test_somebody_elses_ticket_is_not_there(client, cast, incident):
    for person in (cast.stranger, cast.zhao_min):
        client.force_login(person)
        for rest in ("", "close/"):
            assert client.get(url_of(incident, rest)).status_code == 404
        assert client.post(url_of(incident, "reply/"), {"body": "x"}).status_code == 404
        assert client.post(url_of(incident, "nudge/")).status_code == 404
        assert incident.number not in page(client, "/tickets/", status="all")
    assert Comment.objects.count() == 0


def test_internal_notes_and_their_files_never_reach_the_requester(li_na, cast, incident):
    upload = SimpleUploadedFile("secret.log", b"password\n")
    tickets.comment(incident, actor=cast.zhang_wei, body="用户密码太弱", is_internal=True, uploads=[upload])
    tickets.comment(incident, actor=cast.zhang_wei, body="正在查看")
    text = page(li_na, url_of(incident))
    assert "正在查看" in text
    assert "用户密码太弱" not in text
    assert "secret.log" not in text
    assert li_na.get(f"/files/{Attachment.objects.get().pk}/").status_code == 404


def test_an_agents_own_ticket_shows_no_internal_note_in_the_portal(client, cast):
    own = incidents.report_incident(actor=cast.zhang_wei, title="键盘坏了")
    tickets.comment(own, actor=cast.chen_hao, body="内部的话", is_internal=True)
    client.force_login(cast.zhang_wei)
    assert "内部的话" not in page(client, url_of(own))


def test_html_in_a_reply_is_shown_as_text(li_na, incident):
    li_na.post(url_of(incident, "reply/"), {"body": "<img src=x onerror=alert(1)> [x](javascript:alert(1))"})
    text = page(li_na, url_of(incident))
    assert "<img src=x" not in text
    assert 'href="javascript' not in text


def test_a_reply_sent_twice_counts_once(li_na, incident):
    for _ in range(2):
        assert li_na.post(url_of(incident, "reply/"), {"body": "还是不行"}).status_code == 302
    assert Comment.objects.count() == 1


def test_an_empty_reply_comes_back_with_its_error(li_na, cast, incident):
    tickets.attach(incident, actor=cast.li_na, uploads=[SimpleUploadedFile("a.log", b"line")])
    response = li_na.post(url_of(incident, "reply/"), {"body": "  "})
    assert response.status_code == 422
    assert "Write something or attach a file." in response.content.decode()


def test_a_refused_file_keeps_the_typed_text(li_na, incident):
    upload = SimpleUploadedFile("run.exe", b"MZ0")
    response = li_na.post(url_of(incident, "reply/"), {"body": "请看附件", "files": upload})
    assert response.status_code == 422
    assert "请看附件</textarea>" in response.content.decode()
    assert Comment.objects.count() == 0


def test_confirming_is_one_click_and_reopening_asks_why(li_na, solved):
    text = page(li_na, url_of(solved))
    assert "重启了会话服务" in text
    empty = li_na.post(url_of(solved, "reopen/"), {"reason": " "})
    assert empty.status_code == 422
    assert li_na.post(url_of(solved, "reopen/"), {"reason": "又断了"}).status_code == 302
    solved.refresh_from_db()
    assert solved.state == "in_progress"
    values = {"resolution_code": "fixed", "resolution_notes": "换了网线"}
    tickets.take_transition(solved, "resolve", actor=solved.assignee, values=values)
    assert li_na.post(url_of(solved, "close/")).status_code == 302
    solved.refresh_from_db()
    assert solved.state == "closed"


def test_a_stale_confirmation_changes_nothing(li_na, solved):
    version = solved.version
    li_na.post(url_of(solved, "reply/"), {"body": "等等"})
    assert li_na.post(url_of(solved, "close/"), {"version": version}).status_code == 409
    solved.refresh_from_db()
    assert solved.state == "resolved"


def test_a_requester_cannot_take_the_desks_steps(li_na, incident):
    for name in ("claim", "assign", "resolve", "hold", "nonsense"):
        assert li_na.post(url_of(incident, f"{name}/"), {"reason": "x"}).status_code == 409
    incident.refresh_from_db()
    assert incident.state == "new"


def test_a_reply_to_a_closed_ticket_opens_a_linked_one(li_na, cast, solved):
    tickets.take_transition(solved, "close", actor=cast.li_na)
    response = li_na.post(url_of(solved, "reply/"), {"body": "又坏了"})
    follow_up = Incident.objects.latest("pk")
    assert response["Location"] == url_of(follow_up)
    assert follow_up.links_out.get().target_id == solved.pk


def test_urging_is_limited_and_says_so(li_na, incident):
    assert "We have told the owner" in li_na.post(url_of(incident, "nudge/"), follow=True).content.decode()
    assert "It was urged a moment ago" in li_na.post(url_of(incident, "nudge/"), follow=True).content.decode()


def test_waiting_for_the_requester_is_said_in_their_words(li_na, cast, incident):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values={"pending_reason": "caller"})
    cast.li_na.language = "zh-hans"
    cast.li_na.save()
    text = page(li_na, "/tickets/", status="waiting")
    assert "等您回复" in text
    assert incident.number in text
    with translation.override("zh-hans"):
        incident.refresh_from_db()
        assert plain_words.status_of(incident).is_yours


def test_files_are_downloads_that_cannot_run_here(li_na, cast, incident):
    svg = SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    tickets.comment(incident, actor=cast.li_na, uploads=[svg])
    stored = Attachment.objects.get()
    response = li_na.get(f"/files/{stored.pk}/")
    assert response.getvalue().startswith(b"<svg")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert li_na.get(f"/files/{stored.pk}/picture/").status_code == 404


def test_paging_walks_every_ticket_once_in_both_directions(li_na, cast):
    made = [incidents.report_incident(actor=cast.li_na, title=f"第 {n} 张").pk for n in range(45)]
    seen, query = [], {}
    for _ in range(3):
        shown = li_na.get("/tickets/", {"status": "all"} | query).context["page"]
        seen += [ticket.pk for ticket in shown.rows]
        query = {"before": shown.before}
    assert shown.before is None
    assert seen == made[::-1]
    back = li_na.get("/tickets/", {"status": "all", "after": shown.after}).context["page"]
    assert [ticket.pk for ticket in back.rows] == made[::-1][20:40]


NONSENSE = [{"before": "x"}, {"before": "9" * 40}, {"status": "?"}, {"q": "a\0b"}, {"q": "'" * 300}]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_falls_back_to_a_list(li_na, incident, query):
    assert li_na.get("/tickets/", query).status_code == 200


@pytest.mark.parametrize(("path", "queries"), [("/", 12), ("/tickets/", 7)])
def test_lists_cost_the_same_at_one_and_at_three_rows(li_na, cast, incident, path, queries, django_assert_num_queries):
    li_na.get(path)
    with django_assert_num_queries(queries):
        li_na.get(path)
    for n in range(2):
        incidents.report_incident(actor=cast.li_na, title=f"又一张 {n}", service=cast.email)
    with django_assert_num_queries(queries):
        li_na.get(path)
