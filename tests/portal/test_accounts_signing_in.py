"""The login page, its limits, the end of sessions."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import PersonSession

PASSWORD = "a-long-password"


def sign_in(client, name, password=PASSWORD, **more):
    return client.post("/account/login/", {"username": name, "password": password, **more})


@pytest.mark.parametrize("name", ["li.na", "LI.NA", "li.na@xinghe.example", "Li.Na@Xinghe.example", "x1001", " X1001 "])
def test_person_signs_in_by_any_of_their_names(cast, client, name):
    answer = sign_in(client, name)
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(cast.li_na.pk)


@pytest.mark.parametrize("name", ["li.na", "nobody", "", "x" * 300, "li\0na"])
def test_wrong_password_tells_nothing_about_the_name(cast, client, name):
    answer = sign_in(client, name, "wrong-password")
    assert answer.status_code == 200 and "_auth_user_id" not in client.session
    if name in ("li.na", "nobody"):
        assert "do not match" in answer.content.decode() or "不匹配" in answer.content.decode()


def test_deactivated_person_does_not_sign_in(cast, client):
    services.deactivate(cast.li_na, actor=None)
    assert sign_in(client, "li.na").status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/tickets/", "/tickets/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:alert(1)", "/")],
)
def test_next_leads_only_to_our_own_pages(cast, client, wanted, reached):
    assert sign_in(client, "li.na", next=wanted)["Location"] == reached


def test_page_behind_the_login_is_kept_for_after_it(cast, client):
    answer = client.get("/account/tokens/")
    assert answer["Location"] == "/account/login/?next=/account/tokens/"
    page = client.get(answer["Location"]).content.decode()
    assert 'name="next" value="/account/tokens/"' in page


def test_eighth_wrong_password_locks_the_name_however_it_is_typed(cast, client):
    for name in ["li.na", "LI.NA", "li.na@xinghe.example", "X1001", "x1001", "Li.Na", "li.NA"]:
        assert sign_in(client, name, "wrong").status_code == 200
    answer = sign_in(client, "lI.nA", "wrong")
    assert answer.status_code == 429 and answer["Retry-After"] == "900"
    assert "15" in answer.content.decode()
    assert sign_in(client, "li.na").status_code == 429, "the right password waits as well"
    assert sign_in(Client(), "zhao.min").status_code == 302, "other people are not locked"
    assert sign_in(Client(REMOTE_ADDR="10.9.9.9"), "li.na").status_code == 302, "nor the person from elsewhere"


def test_lock_ends_by_itself(cast, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(8):
            sign_in(client, "li.na", "wrong")
        clock.shift(14 * 60)
        assert sign_in(client, "li.na").status_code == 429
        clock.shift(2 * 60)
        assert sign_in(client, "li.na").status_code == 302


def test_address_behind_our_proxy_is_the_one_the_proxy_saw(rf, settings):
    from accounts.addresses import address_of

    request = rf.get("/", REMOTE_ADDR="172.18.0.9", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.7")
    settings.TRUSTED_PROXIES = 0
    assert address_of(request) == "172.18.0.9", "without a proxy of ours the header is a claim"
    settings.TRUSTED_PROXIES = 1
    assert address_of(request) == "203.0.113.7", "the client's own claim is left of it"
    forged = rf.get("/", REMOTE_ADDR="172.18.0.9", HTTP_X_FORWARDED_FOR="<script>")
    assert address_of(forged) == "172.18.0.9"


def test_demo_door_does_not_exist_outside_the_demo(cast, client, settings):
    assert client.post("/account/demo/", {"role": "agent"}).status_code == 404
    assert "/account/demo/" not in client.get("/account/login/").content.decode()
    settings.DEMO = True
    page = client.get("/account/login/").content.decode()
    assert re.findall(r'name="role" value="(\w+)"', page) == [
        "requester",
        "agent",
        "expert",
        "manager",
        "administrator",
    ]
    assert client.get("/account/demo/").status_code == 405
    assert client.post("/account/demo/", {"role": "god"}).status_code == 404
    answer = client.post("/account/demo/", {"role": "requester", "next": "//evil.example"})
    assert answer["Location"] == "/" and client.session["_auth_user_id"] == str(cast.li_na.pk)


def test_signing_out_needs_a_post(cast, client):
    client.force_login(cast.li_na)
    assert client.get("/account/logout/").status_code == 405
    assert client.post("/account/logout/").status_code == 302
    assert not PersonSession.objects.filter(user=cast.li_na).exists()


def test_idle_session_ends_after_two_hours(cast, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.li_na)
        assert client.get("/account/").status_code == 200
        clock.shift(2 * 3600 - 60)
        assert client.get("/account/").status_code == 200
        clock.shift(2 * 3600 + 1)
        assert client.get("/account/").status_code == 302


def test_busy_session_ends_twelve_hours_after_signing_in(cast, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.li_na)
        for _hour in range(12):
            assert client.get("/account/").status_code == 200
            clock.shift(3600)
        assert client.get("/account/").status_code == 200
        clock.shift(61)
        assert client.get("/account/").status_code == 302


def test_visitor_chooses_language_and_theme_before_signing_in(client, db):
    client.post("/i18n/setlang/", {"language": "en", "next": "/account/login/"})
    page = client.get("/account/login/").content.decode()
    assert "Forgot your password?" in page and 'lang="en"' in page
    client.post("/appearance/", {"theme": "dark", "next": "/account/login/"})
    assert 'data-bs-theme="dark"' in client.get("/account/login/").content.decode()
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/account/login/"})
    assert "忘记密码" in client.get("/account/login/").content.decode()


def test_session_handle_is_not_its_key(cast, client):
    client.force_login(cast.li_na)
    client.get("/account/")
    session = PersonSession.objects.get(user=cast.li_na)
    assert session.session_key not in client.get("/account/security/").content.decode()
    assert session.handle != session.session_key
