"""Attacks on the way in and out: foreign hosts, foreign targets, missing tokens, forged links, accounts of others."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Team, User
from core import one_click
from notifications import links
from notifications import services as notifications
from notifications.models import Mail
from tests.footprint import nothing_written
from tickets import services as tickets

pytestmark = pytest.mark.django_db
FOREIGN = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example",
    "http:evil.example", " //evil.example", "/\t/evil.example", "a\r\nX: y",
]  # fmt: skip


@pytest.mark.parametrize("target", FOREIGN)
def test_signing_in_and_choosing_a_language_lead_to_our_own_pages_only(client, cast, target):
    who = {"username": "li.na", "password": "a-long-password"}
    for response in (
        client.post("/appearance/", {"language": "en", "next": target}),
        client.post("/account/login/", who | {"next": target}),
        client.post("/i18n/setlang/", {"language": "en", "next": target}),
    ):
        assert response.status_code == 302
        assert response.url.startswith("/") and "evil" not in response.url.split("?")[0]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "evil.example:80", "x\ty"])
def test_foreign_host_is_refused_before_anything_happens(client, cast, incident, host):
    client.force_login(cast.li_na)
    with nothing_written():
        assert client.get("/", headers={"Host": host}).status_code == 400
        assert client.post("/account/forgotten/", {"name": "li.na"}, headers={"Host": host}).status_code == 400
    assert mail.outbox == []


def test_links_in_mails_come_from_the_settings_never_from_the_request(client, cast, deliver, settings):
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Referer": "https://evil.example/"}
    client.post("/account/forgotten/", {"name": "li.na"}, headers=headers)
    client.force_login(cast.li_na)
    key = "44444444-4444-4444-8444-444444444444"
    client.post("/report/", {"text": "x y z", "affects": 3, "hinders": 2, "sending": key}, headers=headers)
    deliver()
    notifications.send_due()
    told = [f"{sent.subject}{sent.body}{sent.alternatives}" for sent in mail.outbox]
    told += [links.filled(sent, sent.html, is_html=True) for sent in Mail.objects.all()]
    assert len(told) > 1 and all("evil.example" not in text for text in told)
    assert all(settings.SITE_URL in text for text in told)


def test_missing_token_is_a_page_that_keeps_drafts(cast, incident):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.li_na)
    with nothing_written():
        for url in ("/report/", f"/tickets/{incident.number}/reply/", f"/tickets/{incident.number}/cancel/"):
            response = client.post(url, {"text": "x", "body": "x", "reason": "x"})
            page = response.content.decode()
            assert response.status_code == 403
            assert "data-keep-drafts" in page and "您填写的内容" in page and "what you typed is kept" in page


@pytest.mark.parametrize("token", ["x", "x" * 3_000, "%00", "..", "工单", "e30:1x:x"])
def test_forged_links_do_nothing(client, cast, incident, token):
    with nothing_written():
        for path in ("notifications/confirm/{}/", "notifications/reopen/{}/", "survey/{}/", "survey/{}/5/"):
            for method in (client.get, client.post):
                assert method("/" + path.format(token), {"reason": "x", "score": "5"}).status_code in (404, 405)
        assert client.get(f"/account/reset/{token}/{token}/").status_code in (200, 404)
        assert client.get(f"/survey/ticket/{token}/5/").status_code == 404


def test_link_made_for_one_purpose_person_or_ticket_is_good_for_no_other(client, cast, incident):
    incident = tickets.take_transition(
        incident, "resolve", actor=cast.zhang_wei, values={"resolution_code": "fixed", "resolution_notes": "x"}
    )
    with nothing_written():
        for facts in ({"user": cast.stranger.pk, "ticket": incident.pk}, {"user": 10**30, "ticket": incident.pk}):
            assert client.get(f"/notifications/confirm/{one_click.sign('confirm', **facts)}/").status_code == 404
        other = one_click.sign("rate", user=cast.li_na.pk, ticket=incident.pk)
        assert client.get(f"/notifications/confirm/{other}/").status_code == 404


def test_words_of_a_mail_link_are_checked_like_all_others(client, cast, incident):
    incident = tickets.take_transition(
        incident, "resolve", actor=cast.zhang_wei, values={"resolution_code": "fixed", "resolution_notes": "x"}
    )
    url = f"/notifications/reopen/{one_click.sign('reopen', user=cast.li_na.pk, ticket=incident.pk)}/"
    for reason in ("", " \0 ", "长" * 200_000):
        with nothing_written():
            response = client.post(url, {"reason": reason})
        assert response.status_code in (200, 422) and reason.strip("\0 ") in response.content.decode()
    assert client.post(url, {"reason": "还是\0不行"}).status_code == 200
    incident.refresh_from_db()
    assert incident.state == "in_progress"


def test_comment_of_a_survey_is_checked_like_all_others(client, cast, incident, deliver):
    values = {"resolution_code": "fixed", "resolution_notes": "x"}
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=values)
    url = f"/survey/ticket/{one_click.sign('rate', user=cast.li_na.pk, ticket=incident.pk)}/2/"
    page = client.get(url).url
    with nothing_written():
        response = client.post(page, {"score": "2", "comment": "长" * 200_000})
        assert response.status_code == 422 and "长" * 200_000 in response.content.decode()
        for score in ("0", "6", "x", "", "٣", "9" * 5_000):
            assert client.post(page, {"score": score, "comment": "留着"}).status_code == 422
    assert client.post(page, {"score": "3", "comment": "a\0<script>alert(1)</script>"}).status_code == 302
    assert "<script>alert" not in client.get(page).content.decode()


ACCOUNT = [
    ("/account/people/new/", {"name": "x" * 500, "username": "new"}),
    ("/account/people/new/", {"name": "a\0b", "username": "new", "email": "no"}),
    ("/account/teams/new/", {"name_zh": "x", "slug": "../x", "line": 9}),
    ("/account/organisations/new/", {"name_zh": "x" * 9_000, "slug": "x y"}),
    ("/account/tokens/", {"name": "x" * 81, "scopes": ["root"]}),
    ("/account/", {"name": "", "language": "xx", "time_zone": "Mars/Olympus", "theme": "pink"}),
    ("/account/security/", {"old_password": "wrong", "new_password1": "a", "new_password2": "b"}),
]


@pytest.mark.parametrize(("url", "data"), ACCOUNT)
def test_account_forms_refuse_and_keep(client, cast, url, data):
    client.force_login(cast.admin)
    with nothing_written():
        response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code in (200, 422) and "field-error" in page
    if data.get("username"):
        assert 'value="new"' in page


def test_nobody_raises_oneself_or_touches_others(client, cast):
    client.force_login(cast.li_na)
    roles = {"roles": ["administrator"], "is_superuser": "on", "organisation": cast.other.pk, "is_vip": "on"}
    profile = {"name": "李娜", "language": "en", "time_zone": "Asia/Shanghai", "theme": "auto"}
    assert client.post("/account/", profile | roles).status_code == 302
    mine = User.objects.get(pk=cast.li_na.pk)
    assert (mine.roles, mine.is_superuser, mine.organisation, mine.is_vip) == (["requester"], False, cast.xinghe, False)
    pk = cast.zhao_min.pk
    with nothing_written():
        for person, status in ((cast.li_na, 404), (cast.zhang_wei, 403), (cast.wang_fang, 403)):
            client.force_login(person)
            for rest in ("roles", "teams", "leaving", "reactivate", "invite"):
                assert client.post(f"/account/people/{pk}/{rest}/", roles).status_code == status
            assert client.post("/account/teams/new/", {"name_zh": "x"}).status_code == status
    assert not Team.objects.filter(name_zh="x").exists()


@pytest.mark.parametrize("chosen", [["x"], [":"], ["a:b:c"], ["\0:\0"], ["x" * 5_000]])
def test_unknown_choices_and_appearances_are_dropped_or_refused(client, cast, chosen):
    client.force_login(cast.li_na)
    assert client.post("/notifications/choices/", {"on": chosen}).status_code == 302
    assert client.post("/appearance/", {"language": chosen[0]}).status_code == 422
    assert client.post("/appearance/", {"theme": chosen[0]}).status_code == 422
