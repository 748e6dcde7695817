"""Forgotten, first and changed passwords."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import PersonSession
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event

NEW = "quite another password"


def use(client, link, password=NEW, again=None):
    """Open a link as a browser does; returns the answer to the new password, or to the link when it is dead."""
    path = link.split("/account/", 1)[1]
    page = client.get(f"/account/{path}", follow=True)
    if b"new_password1" not in page.content:
        return page
    where = page.redirect_chain[-1][0]
    return client.post(where, {"new_password1": password, "new_password2": password if again is None else again})


def is_dead(client, link):
    """Whether the link shows no form for a password."""
    return b"new_password1" not in client.get(f"/account/{link.split('/account/', 1)[1]}", follow=True).content


@pytest.mark.parametrize("name", ["li.na", "X1001", "li.na@xinghe.example", "nobody", "nobody@x.example"])
def test_asking_for_a_link_answers_the_same_for_everybody(cast, client, name):
    answer = client.post("/account/forgotten/", {"name": name}, HTTP_HOST="testserver")
    assert (answer.status_code, answer["Location"]) == (302, "/account/forgotten/sent/")
    asked = Event.objects.filter(name="user.password_reset_requested", subject_id=cast.li_na.pk).count()
    assert asked == (0 if name.startswith("nobody") else 1)


def test_asking_often_mails_once_and_never_the_deactivated(cast, client):
    for _time in range(3):
        client.post("/account/forgotten/", {"name": "li.na"})
    services.deactivate(cast.zhao_min, actor=None)
    client.post("/account/forgotten/", {"name": "zhao.min"})
    (event,) = Event.objects.filter(name="user.password_reset_requested")
    assert event.subject_id == cast.li_na.pk and event.data == {}


def test_link_comes_from_the_site_url_whatever_the_host_header_says(cast, settings):
    settings.SITE_URL = "https://it.example"
    assert services.password_reset_link(cast.li_na).startswith("https://it.example/account/reset/")


def test_link_sets_the_password_once_and_ends_every_session(cast, client):
    elsewhere = Client()
    elsewhere.force_login(cast.li_na)
    elsewhere.get("/account/")
    link = services.password_reset_link(cast.li_na)
    assert use(client, link)["Location"] == "/account/login/"
    assert elsewhere.get("/account/").status_code == 302
    assert not PersonSession.objects.filter(user=cast.li_na).exists()
    signed_in = client.post("/account/login/", {"username": "li.na", "password": NEW})
    assert signed_in.status_code == 302
    assert is_dead(Client(), link)


def test_token_is_not_in_the_address_of_the_form(cast, client):
    link = services.password_reset_link(cast.li_na)
    page = client.get(link.split("8000")[-1], follow=True)
    assert link.rsplit("/", 2)[1] not in page.redirect_chain[-1][0]


def test_link_expires_after_two_hours(cast, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        link = services.password_reset_link(cast.li_na)
        clock.shift(2 * 3600 + 1)
        assert is_dead(client, link)


def test_link_of_somebody_deactivated_or_of_nobody_is_dead(cast, client):
    link = services.password_reset_link(cast.li_na)
    services.deactivate(cast.li_na, actor=None)
    for address in (link, "/account/reset/AAAA/x/", "/account/reset/OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x-y/"):
        assert is_dead(client, address)


def test_new_password_lifts_the_lock_at_the_login_page(cast, client):
    for _attempt in range(8):
        client.post("/account/login/", {"username": "li.na", "password": "wrong"})
    use(client, services.password_reset_link(cast.li_na))
    assert client.post("/account/login/", {"username": "li.na", "password": NEW}).status_code == 302


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "xinghe.li.na"])
def test_weak_password_is_refused_with_a_reason(cast, client, weak):
    if weak == "xinghe.li.na":
        weak = cast.li_na.email
    page = use(client, services.password_reset_link(cast.li_na), weak)
    assert page.status_code == 200 and "field-error" in page.content.decode()
    with pytest.raises(InvalidInput):
        services.change_password(cast.li_na, weak)


def test_two_different_new_passwords_are_refused(cast, client):
    assert use(client, services.password_reset_link(cast.li_na), NEW, "something else").status_code == 200


def test_changing_the_password_ends_the_other_sessions_only(cast, client):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(cast.li_na)
        browser.get("/account/")
    data = {"old_password": "a-long-password", "new_password1": NEW, "new_password2": NEW}
    assert client.post("/account/security/", data).status_code == 302
    assert client.get("/account/security/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_changing_the_password_needs_the_present_one(cast, client):
    client.force_login(cast.li_na)
    data = {"old_password": "guess", "new_password1": NEW, "new_password2": NEW}
    assert client.post("/account/security/", data).status_code == 200
    cast.li_na.refresh_from_db()
    assert cast.li_na.check_password("a-long-password")


def test_invited_person_sets_the_first_password_once_within_a_week(cast, client):
    user = services.create_person(actor=cast.admin, username="new", name="新人", email="new@xinghe.example")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        link = services.invite(user, actor=cast.admin)
        late = services.invitation_link(user)
        clock.shift(6 * 86400)
        assert use(client, link)["Location"] == "/account/login/"
        assert is_dead(Client(), late), "bound to the password it replaces"
    user.refresh_from_db()
    assert user.check_password(NEW)
    with pytest.raises(Refused):
        services.invite(user, actor=cast.admin)


def test_invitation_expires_after_a_week_and_opens_no_other_door(cast, client):
    user = services.create_person(actor=cast.admin, username="new", name="新人")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        link = services.invitation_link(user)
        assert is_dead(client, link.replace("/invitation/", "/reset/"))
        other = services.invitation_link(cast.li_na).split("/")
        mixed = "/".join([*link.split("/")[:-2], other[-2], ""])
        assert is_dead(client, mixed)
        clock.shift(7 * 86400 + 1)
        assert is_dead(client, link)


def test_only_administrators_invite(cast):
    user = services.create_person(actor=None, username="new", name="新人")
    with pytest.raises(NotAllowed):
        services.invite(user, actor=cast.wang_fang)
