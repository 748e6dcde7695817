"""Moves that are not to be made: too late, twice, with foreign people and things, on tickets of others."""

import pytest
from django.contrib.messages import get_messages

from accounts.models import Team
from cmdb.models import Service
from incidents import services as incidents
from tests.footprint import nothing_written
from tickets import services as tickets
from tickets.models import Comment, Ticket

pytestmark = pytest.mark.django_db
RESOLVE = {"resolution_code": "fixed", "resolution_notes": "重启了"}
KEY = "33333333-3333-4333-8333-333333333333"
SPLIT_KEY = "44444444-4444-4444-8444-444444444444"


@pytest.fixture
def taken(cast, incident):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


@pytest.fixture
def elsewhere(cast):
    return incidents.report_incident(actor=cast.stranger, title="远山的事")


def desk_url(ticket, rest):
    return f"/desk/t/{ticket.number}/{rest}/"


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("claim", {}), ("start", {}), ("close", {}), ("reopen", {"reason": "留着这些字"}), ("resume", {}),
        ("requeue", {"reason": "留着这些字"}), ("nonsense", {}), ("hold", {}), ("hold", {"pending_reason": "lunch"}),
        ("resolve", {"resolution_notes": "留着这些字"}), ("resolve", {"resolution_code": "x", "resolution_notes": "y"}),
        ("escalate", {"team": "", "note": "留着这些字"}), ("auto_close", {}),
    ],
)  # fmt: skip
def test_wrong_step_is_refused_and_nothing_moves(client, cast, taken, step, data):
    client.force_login(cast.zhang_wei)
    for headers in ({}, {"HX-Request": "true"}):
        with nothing_written():
            response = client.post(desk_url(taken, f"do/{step}"), data, headers=headers)
        assert response.status_code in (302, 403, 404, 409, 422)
        if response.status_code == 302:
            assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["warning"]
        elif response.status_code == 422 and "留着这些字" in data.values():
            assert "留着这些字" in response.content.decode()


def test_field_that_a_step_does_not_take_changes_nothing(client, cast, taken):
    client.force_login(cast.zhang_wei)
    more = {
        "assignee": cast.liu_yang.pk,
        "state": "closed",
        "priority": 1,
        "requester": cast.stranger.pk,
        "version": "",
    }
    assert client.post(desk_url(taken, "do/resolve"), RESOLVE | more).status_code == 302
    taken.refresh_from_db()
    assert (taken.state, taken.priority, taken.requester) == ("resolved", 4, cast.li_na)
    assert taken.assignee == cast.zhang_wei


FOREIGN = ["other team", "other service", "stranger", "nobody", "no id", "huge"]


@pytest.mark.parametrize("kind", FOREIGN)
def test_foreign_people_teams_and_services_are_no_choices(client, cast, taken, kind):
    far = Team.objects.create(slug="far", name_zh="远山组", name_en="Far", line=2)
    far.serves.add(cast.other)
    service = Service.objects.create(slug="far", item_class_id="service", name_en="Far", organisation=cast.other)
    value = {
        "other team": far.pk, "other service": service.pk, "stranger": cast.stranger.pk, "nobody": 10**9, "no id": "x",
        "huge": 10**30,
    }[kind]  # fmt: skip
    client.force_login(cast.zhang_wei)
    if kind != "other team":
        same = {"title": taken.title, "impact": 3, "urgency": 2, "priority": 4}
        with nothing_written():
            assert client.post(desk_url(taken, "properties"), same | {"service": value}).status_code == 422
            assert client.post(desk_url(taken, "do/resolve"), RESOLVE | {"service": value}).status_code == 422
        with nothing_written():
            person = {"team": cast.network.pk, "assignee": value, "note": "留着"}
            assert client.post(desk_url(taken, "do/assign"), person).status_code == 422
    if kind not in ("other service", "stranger"):
        with nothing_written():
            response = client.post(desk_url(taken, "do/escalate"), {"team": value, "note": "留着"})
        assert response.status_code == 422 and "留着" in response.content.decode()


@pytest.mark.parametrize("act", ["link", "merge", "parent"])
@pytest.mark.parametrize("number", ["elsewhere", "INC999999", "INC\0", "x" * 30, "itself"])
def test_ticket_of_others_is_no_partner(client, cast, taken, elsewhere, act, number):
    number = {"elsewhere": elsewhere.number, "itself": taken.number}.get(number, number)
    client.force_login(cast.zhang_wei)
    with nothing_written():
        response = client.post(desk_url(taken, f"more/{act}"), {"other": number, "kind": "relates"})
    assert response.status_code in (409, 422)
    assert "远山的事" not in response.content.decode()


def test_other_peoples_tickets_are_not_there_whatever_is_posted(client, cast, taken, elsewhere):
    for person in (cast.stranger, cast.zhao_min):
        client.force_login(person)
        with nothing_written():
            for rest in ("reply", "nudge", "close", "reopen", "cancel"):
                data = {"body": "x", "reason": "x"}
                assert client.post(f"/tickets/{taken.number}/{rest}/", data).status_code == 404
            for rest in ("say", "properties", "priority", "watch", "do/resolve", "more/merge", "here"):
                assert client.post(desk_url(taken, rest), RESOLVE).status_code == 404
    client.force_login(cast.zhang_wei)
    with nothing_written():
        for rest in ("say", "properties", "do/claim", "more/nudge", "watch"):
            assert client.post(desk_url(elsewhere, rest), {"body": "x"}).status_code == 404


def test_bulk_acts_touch_no_ticket_of_others(client, cast, taken, elsewhere):
    client.force_login(cast.zhang_wei)
    with nothing_written():
        for ids in ([elsewhere.pk], ["9" * 30], ["x"], ["²"], []):
            assert client.post("/desk/bulk/", {"action": "take", "tickets": ids, "go": 1}).status_code == 422
        assert client.post("/desk/bulk/", {"action": "erase", "tickets": [taken.pk], "go": 1}).status_code == 422
        data = {"action": "resolve", "tickets": [taken.pk], "go": 1, "resolution_notes": "留着"}
        response = client.post("/desk/bulk/", data)
    assert response.status_code == 422 and "留着" in response.content.decode()


@pytest.mark.parametrize("version", ["1", "0", "99", "x", "-1", "9" * 30])
def test_stale_desk_form_is_stopped_with_its_words(client, cast, taken, version):
    """A version that cannot be read counts as none given; every readable one but the present one is stale."""
    client.force_login(cast.zhang_wei)
    for rest, data in (("say", {"body": "留着这些字"}), ("do/resolve", RESOLVE | {"resolution_notes": "留着这些字"})):
        if not (version.isdecimal() and len(version) < 10):
            continue
        with nothing_written():
            response = client.post(desk_url(taken, rest), data | {"version": version})
        assert response.status_code == 409 and "留着这些字" in response.content.decode()
    assert client.post(desk_url(taken, "do/nonsense"), {"version": version}).status_code == 422


def test_stale_step_of_a_requester_comes_back_with_its_words_and_goes_through_when_sent_again(client, cast, taken):
    solved = tickets.take_transition(taken, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    client.force_login(cast.li_na)
    url = f"/tickets/{solved.number}/reopen/"
    with nothing_written():
        response = client.post(url, {"reason": "还是登录不了", "version": "1"})
    page = response.content.decode()
    assert response.status_code == 409 and "还是登录不了" in page
    assert f'name="version" value="{solved.version}"' in page
    assert client.post(url, {"reason": "还是登录不了", "version": solved.version}).status_code == 302


def test_step_that_came_too_late_offers_its_words_as_a_reply(client, cast, taken):
    client.force_login(cast.li_na)
    with nothing_written():
        response = client.post(f"/tickets/{taken.number}/reopen/", {"reason": "还是登录不了"})
    page = response.content.decode()
    assert response.status_code == 409 and "还是登录不了</textarea>" in page
    assert client.get(f"/tickets/{taken.number}/nonsense/").status_code == 409


def test_forms_sent_twice_count_once(client, cast, taken):
    client.force_login(cast.li_na)
    for _twice in range(2):
        data = {"text": "打印机坏了", "affects": 3, "hinders": 2, "sending": KEY}
        assert client.post("/report/", data).status_code == 302
        client.post(f"/tickets/{taken.number}/reply/", {"body": "好了吗"})
    client.force_login(cast.zhang_wei)
    for _twice in range(2):
        data = {
            "caller": "li.na", "title": "电话报障", "service": cast.erp.pk, "impact": 3, "urgency": 2,
            "channel": "phone", "take_it": "on", "sending": KEY,
        }  # fmt: skip
        assert client.post("/desk/new/", data).status_code == 302
        client.post(desk_url(taken, "say"), {"body": "在看", "version": taken.version + 1})
        split = client.post(desk_url(taken, "more/split"), {"title": "另一件事", "sending": SPLIT_KEY})
        assert split.url == f"/desk/t/{Ticket.objects.get(title='另一件事').number}/"
    assert Ticket.objects.filter(title="打印机坏了").count() == 1
    assert Ticket.objects.filter(title="电话报障").count() == 1
    assert Comment.objects.filter(ticket=taken.pk).count() == 2


@pytest.mark.parametrize(("act", "data"), [("split", {"title": "另一件事"}), ("inform", {"reason": "客户催得急"})])
def test_every_act_with_words_opens_and_works(client, cast, taken, act, data):
    """Both dialogs once answered 500: their forms took the person for the data."""
    client.force_login(cast.chen_hao)
    tickets.take_transition(taken, "assign", actor=cast.zhang_wei, values={"team": cast.network, "note": ""})
    url = desk_url(taken, f"more/{act}")
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 422
    assert client.post(url, data).status_code == 302
