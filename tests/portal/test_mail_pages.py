"""The administrators' pages about mail that comes in: mailboxes, letters, another try."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.errors import InvalidInput, NotAllowed, Refused
from integrations import services
from integrations.models import InboundMessage, Mailbox
from tests.data.mail.writing import letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(cast):
    return Mailbox.objects.create(name="Desk", address="it@xinghe.example", service=cast.email, language="en")


@pytest.fixture
def administrator(client, cast):
    User.objects.update(language="en")
    client.force_login(cast.admin)
    return client


def settings_of(cast, **changes):
    return {
        "name": "Desk", "address": "IT@xinghe.example", "language": "en", "service": cast.email.pk, "team": "",
        "strangers": "quarantine", "organisation": "", "is_active": "on", "host": "imap.example", "port": 993,
        "security": "tls", "login": "it", "secret": "the secret", "folder": "INBOX", "done_folder": "", **changes,
    }  # fmt: skip


def page(client, name, *args, **query):
    return client.get(reverse(f"integrations:{name}", args=args), query).content.decode()


def test_mailbox_is_added_and_its_password_never_shown_again(administrator, cast):
    administrator.post(reverse("integrations:new_mailbox"), settings_of(cast))
    mailbox = Mailbox.objects.get()
    assert (mailbox.address, mailbox.secret) == ("it@xinghe.example", "the secret")
    shown = page(administrator, "mailbox", mailbox.pk) + page(administrator, "mailboxes")
    assert "the secret" not in shown and "imap.example" in shown
    administrator.post(reverse("integrations:mailbox", args=[mailbox.pk]), settings_of(cast, secret="", folder="Help"))
    mailbox.refresh_from_db()
    assert (mailbox.secret, mailbox.folder) == ("the secret", "Help")


@pytest.mark.parametrize("change", [{"host": "evil.example"}, {"port": 143}, {"security": "starttls"}])
def test_password_goes_to_no_other_place_without_being_typed_again(administrator, cast, change):
    administrator.post(reverse("integrations:new_mailbox"), settings_of(cast))
    mailbox = Mailbox.objects.get()
    url = reverse("integrations:mailbox", args=[mailbox.pk])
    answer = administrator.post(url, settings_of(cast, secret="", **change)).content.decode()
    assert "Give the password again" in answer
    mailbox.refresh_from_db()
    assert (mailbox.host, mailbox.port, mailbox.security) == ("imap.example", 993, "tls")
    administrator.post(url, settings_of(cast, secret="new", **change))
    mailbox.refresh_from_db()
    assert mailbox.secret == "new"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"strangers": "contact"}, "Choose the organisation"),
        ({"security": "none"}, "everybody on the way"),
        ({"login": ""}, "The server asks for it"),
        ({"address": "no address"}, "valid email"),
    ],
)
def test_settings_that_do_not_fit_are_refused_beside_their_field(administrator, cast, change, words):
    assert (
        words in administrator.post(reverse("integrations:new_mailbox"), settings_of(cast, **change)).content.decode()
    )
    assert not Mailbox.objects.exists()


def test_second_mailbox_of_one_address_is_refused(cast, mailbox):
    values = {"name": "Two", "address": "IT@xinghe.example", "service": cast.email, "host": ""}
    with pytest.raises(InvalidInput):
        services.save_mailbox(None, actor=cast.admin, **values)


def test_connection_test_says_what_is_wrong(administrator, mailbox):
    Mailbox.objects.update(host="127.0.0.1", port=1, security="none", login="x", secret="y")
    answer = administrator.post(reverse("integrations:try_mailbox", args=[mailbox.pk]), follow=True).content.decode()
    assert "Nothing listens at this port" in answer


def test_letters_are_listed_with_what_became_of_them(administrator, mailbox):
    services.take_in(mailbox, letter(subject="printer"))
    services.take_in(mailbox, letter("Nobody <who@else.example>", subject="offer"))
    everything = page(administrator, "letters")
    assert "printer" in everything and "Opened a ticket" in everything and "The sender is not known" in everything
    assert "printer" not in page(administrator, "letters", state="quarantined")
    assert "offer" not in page(administrator, "letters", search="li.na@")
    assert "offer" in page(administrator, "letters", state="no such state", mailbox="x")


def test_list_pages_by_key_and_costs_the_same_at_one_and_three_rows(administrator, mailbox, monkeypatch):
    services.take_in(mailbox, letter(subject="n0"))
    page(administrator, "letters")
    counts = []
    for number in (1, 2, 3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(administrator, "letters")
        counts.append(len(queries))
        services.take_in(mailbox, letter(subject=f"n{number}"))
    assert counts[0] == counts[2]
    monkeypatch.setattr("integrations.views.letters.ON_PAGE", 2)
    first = page(administrator, "letters")
    oldest = InboundMessage.objects.get(subject="n2").pk
    assert "n3" in first and "n1" not in first and f"before={oldest}" in first
    assert "n1" in page(administrator, "letters", before=oldest)


def test_letter_is_shown_without_running_it_and_kept_as_it_came(administrator, mailbox):
    raw = letter(
        "Nobody <who@else.example>",
        html="<p>visible</p><script>evil()</script>",
        text="",
        files=[("a.txt", "text/plain", b"x")],
    )
    message = services.take_in(mailbox, raw)
    shown = page(administrator, "letter", message.pk)
    assert "visible" in shown and "evil()" not in shown and "a.txt" in shown
    answer = administrator.get(reverse("integrations:raw_letter", args=[message.pk]))
    assert answer.content == raw and answer["Content-Type"] == "application/octet-stream"


def test_letter_from_a_stranger_is_let_in_once_they_are_known(administrator, cast, mailbox):
    message = services.take_in(mailbox, letter("New <new@xinghe.example>", subject="hello"))
    replay = reverse("integrations:replay_letter", args=[message.pk])
    assert "The sender is not known" in administrator.post(replay, follow=True).content.decode()
    User.objects.filter(pk=cast.zhao_min.pk).update(email="new@xinghe.example")
    administrator.post(replay)
    message.refresh_from_db()
    assert message.state == "opened" and message.attempts == 3
    with pytest.raises(Refused):
        services.replay(message, actor=cast.admin)


def test_circular_is_let_in_when_somebody_vouches_for_it(cast, mailbox):
    message = services.take_in(mailbox, letter(List_Id="<x>"))
    assert message.state == "ignored"
    assert services.replay(message, actor=cast.admin).state == "opened"
    with pytest.raises(NotAllowed):
        services.replay(message, actor=cast.wang_fang)


def test_pages_are_for_administrators(client, cast, mailbox):
    for person, status in ((cast.zhang_wei, 403), (cast.wang_fang, 403), (cast.li_na, 404)):
        client.force_login(person)
        for name, args in (("letters", []), ("mailboxes", []), ("mailbox", [mailbox.pk]), ("new_mailbox", [])):
            assert client.get(reverse(f"integrations:{name}", args=args)).status_code == status
