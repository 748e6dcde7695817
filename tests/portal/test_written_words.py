"""Words sent to a door that has closed meanwhile: shown back on the page that says no."""

import html
import re

import pytest

from accounts.models import Membership, User
from core.written import LONGEST, MOST
from tests.footprint import nothing_written
from tickets import services as tickets

pytestmark = pytest.mark.django_db
WORDS = "我查过交换机了 <b>三楼</b>\n端口 12 没有灯"


@pytest.fixture
def held(cast, incident):
    """A ticket of the network team, which only its members and the first line work."""
    return tickets.take_transition(incident, "assign", actor=cast.zhang_wei, values={"team": cast.network})


def shown(response) -> list[str]:
    page = response.content.decode()
    return [
        html.unescape(text) for text in re.findall(r"<textarea[^>]* readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    ]


def test_form_refused_to_somebody_who_changed_teams_shows_the_words_back(client, cast, held):
    client.force_login(cast.chen_hao)
    Membership.objects.filter(user=cast.chen_hao).update(team=cast.database)
    sent = {"note": WORDS, "team": cast.operations.pk, "version": held.version, "reason": "x y", "code": "vendor"}
    with nothing_written():
        refused = client.post(f"/desk/t/{held.number}/do/escalate/", sent)
    assert refused.status_code == 403
    assert shown(refused) == [WORDS, "x y"]
    page = refused.content.decode()
    assert "data-copy=" in page and "data-keep-drafts" in page and "<b>三楼</b>" not in page


def test_form_on_a_page_with_javascript_keeps_its_words_itself(client, cast, held):
    client.force_login(cast.chen_hao)
    Membership.objects.filter(user=cast.chen_hao).update(team=cast.database)
    sent = {"note": WORDS, "team": cast.operations.pk}
    refused = client.post(f"/desk/t/{held.number}/do/escalate/", sent, headers={"HX-Request": "true"})
    assert refused.status_code == 403 and "data-refusal" in refused.content.decode()
    assert WORDS not in html.unescape(refused.content.decode())


def test_desk_that_somebody_has_left_shows_the_words_back(client, cast, held):
    client.force_login(cast.chen_hao)
    User.objects.filter(pk=cast.chen_hao.pk).update(roles=["requester"])
    with nothing_written():
        gone = client.post(f"/desk/t/{held.number}/say/", {"body": WORDS, "mode": "internal"})
    assert gone.status_code == 404 and shown(gone) == [WORDS]


def test_neither_secrets_nor_what_a_page_made_is_shown_back(client, cast):
    client.force_login(cast.li_na)
    sent = {
        "password": "correct horse battery", "new_password1": "correct horse battery", "api_token": "a b c",
        "csrfmiddlewaretoken": "x" * 64, "query": "view=open&priority=1", "version": "3", "at": "2026-11-23T10:00",
        "ids": ["1", "2"],
    }  # fmt: skip
    assert shown(client.post("/desk/bulk/", sent)) == []


def test_words_shown_back_are_bounded(client, cast):
    client.force_login(cast.li_na)
    texts = shown(client.post("/desk/bulk/", {"body": ["工" * (LONGEST + 1)] * (MOST + 1)}))
    assert [len(text) for text in texts] == [LONGEST] * MOST


@pytest.mark.parametrize("body", [b"--x", b"\xff\xfe\x00", b'--x\r\nContent-Disposition: form-data; name="\0"\r\n'])
@pytest.mark.parametrize("path", ["/desk/bulk/", "/no/such/page/", "/a\0b/"])
def test_unreadable_form_at_a_closed_door_is_no_server_error(client, cast, path, body):
    client.force_login(cast.li_na)
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded"):
        assert client.generic("POST", path, body, content_type=kind).status_code in (400, 404), kind
    assert client.generic("POST", path, b"a=b", content_type=f"{kind}; charset=rot13").status_code == 400
