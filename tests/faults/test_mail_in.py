"""Real servers: letters lie in a Dovecot, come from swaks, go out through SMTP; servers are wrong, away or slow."""

import io
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import OperationalError
from imap_tools import MailBoxUnencrypted

from incidents.models import Incident
from integrations import services
from integrations.models import InboundMessage, Mailbox
from integrations.services import handling, polling, receiving
from notifications import services as notifications
from notifications.models import Mail
from tests.data.mail.writing import letter
from tests.faults import dovecot

pytestmark = [pytest.mark.faults, pytest.mark.django_db]


@pytest.fixture(scope="module")
def server():
    """In a folder that the server's own user may enter, unlike pytest's."""
    if reason := dovecot.missing():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="itsm-dovecot-") as folder:
        running = dovecot.Server(Path(folder))
        running.start()
        yield running
        running.stop()


@pytest.fixture
def lying(server):
    """The letters in the mailbox, through a client of their own."""
    with MailBoxUnencrypted("127.0.0.1", server.plain).login_utf8("it", dovecot.PASSWORD) as client:
        for folder in ("Done", "INBOX"):
            client.folder.set(folder)
            client.delete(client.uids())
        yield client


@pytest.fixture
def mailbox(cast, server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(server.root / "cert.pem"))
    return Mailbox.objects.create(
        name="Desk", address="it@xinghe.example", service=cast.email, language="en",
        host="127.0.0.1", port=server.tls, login="it", secret=dovecot.PASSWORD,
    )  # fmt: skip


def uids(client, folder="INBOX", criteria="ALL"):
    """What lies in a folder now: a session sees changes of others when it opens the folder."""
    client.folder.set(folder)
    return client.uids(criteria)


def poll(mailbox):
    taken = polling.poll(mailbox.pk, is_due=False)
    mailbox.refresh_from_db()
    return taken


def test_unread_letters_are_taken_in_once_and_marked_read(mailbox, lying):
    for number in range(3):
        lying.append(letter(subject=f"n{number}"))
    assert poll(mailbox) == 3 and poll(mailbox) == 0
    assert sorted(Incident.objects.values_list("title", flat=True)) == ["n0", "n1", "n2"]
    assert uids(lying, criteria="UNSEEN") == [] and len(uids(lying)) == 3
    assert mailbox.last_error == "" and mailbox.succeeded_at is not None


def test_letters_are_moved_where_the_mailbox_says(mailbox, lying):
    Mailbox.objects.update(done_folder="Done")
    lying.append(letter(), flag_set=["\\Seen"])  # somebody read it in a mail program
    assert poll(mailbox) == 1
    assert uids(lying) == [] and len(uids(lying, "Done")) == 1


def test_letter_of_a_worker_that_died_before_marking_it_is_taken_in_once(mailbox, lying, monkeypatch):
    lying.append(letter())
    with monkeypatch.context() as patched:
        patched.setattr("integrations.imap.Folder.finish", lambda self, uid: sys.exit(9))
        with pytest.raises(SystemExit):
            poll(mailbox)
    assert Incident.objects.count() == 1 and len(uids(lying, criteria="UNSEEN")) == 1
    assert poll(mailbox) == 1
    assert Incident.objects.count() == 1 and uids(lying, criteria="UNSEEN") == []


def test_letter_that_breaks_something_is_quarantined_and_those_behind_it_arrive(mailbox, lying, monkeypatch):
    opens = handling._open

    def fragile(message, read, person):
        if "poison" in read.subject:
            raise ZeroDivisionError
        return opens(message, read, person)

    monkeypatch.setattr(handling, "_open", fragile)
    for subject in ("first", "poison", "last"):
        lying.append(letter(subject=subject))
    assert poll(mailbox) == 3
    assert set(Incident.objects.values_list("title", flat=True)) == {"first", "last"}
    bad = InboundMessage.objects.get(subject="poison")
    assert (bad.state, bad.reason) == ("quarantined", "failed") and "ZeroDivisionError" in bad.detail


def test_letter_too_large_to_fetch_is_quarantined_by_its_head(mailbox, lying, monkeypatch):
    monkeypatch.setattr("integrations.imap.LARGEST", 1000)
    lying.append(letter(subject="huge", text="x" * 5000))
    lying.append(letter(subject="small"))
    assert poll(mailbox) == 2
    huge = InboundMessage.objects.get(subject="huge")
    assert (huge.state, huge.detail) == ("quarantined", "larger than 50 MB") and huge.size < 1000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret": "wrong"}, "refuses login or password"),
        ({"folder": "Nowhere"}, "no such folder"),
        ({"done_folder": "Nowhere"}, "no such folder"),
        ({"host": "no-such-host.invalid"}, "no server of this name"),
        ({"host": "localhost"}, "certificate is not valid"),
        ({"security": "starttls"}, "does not answer|encrypted|Error"),
    ],
    ids=lambda value: next(iter(value.items()))[0] if isinstance(value, dict) else "",
)
def test_wrong_setting_is_said_in_words_and_harms_no_other_mailbox(cast, mailbox, lying, monkeypatch, change, words):
    monkeypatch.setattr("integrations.imap.TIMEOUT_SECONDS", 5)
    lying.append(letter())
    wrong = Mailbox.objects.get(pk=mailbox.pk)
    wrong.pk, wrong.address = None, "wrong@xinghe.example"
    for name, value in change.items():
        setattr(wrong, name, value)
    wrong.save()
    is_good, told = services.try_connection(wrong, actor=cast.admin)
    assert not is_good and re.search(words, told), told
    assert poll(wrong) == 0 and wrong.last_error and dovecot.PASSWORD not in wrong.last_error
    assert poll(mailbox) == 1 and mailbox.last_error == ""


def test_server_that_says_nothing_is_given_up(mailbox, monkeypatch):
    monkeypatch.setattr("integrations.imap.TIMEOUT_SECONDS", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        Mailbox.objects.update(port=silent.getsockname()[1])
        assert poll(mailbox) == 0 and "does not answer" in mailbox.last_error


def test_connection_is_tried_without_touching_a_letter(cast, mailbox, lying):
    lying.append(letter())
    assert services.try_connection(mailbox, actor=cast.admin) == (True, "It works. Letters waiting: 1.")
    assert len(uids(lying, criteria="UNSEEN")) == 1 and not InboundMessage.objects.exists()


def test_silent_copy_reads_nobodys_mail(mailbox, lying, settings):
    settings.SILENT = True
    lying.append(letter())
    assert poll(mailbox) == 0 and len(uids(lying, criteria="UNSEEN")) == 1


# -- the pipe


def piped(monkeypatch, raw, *arguments):
    """(exit code, what was said) of the command a mail server runs."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", *arguments, stdout=said, stderr=said)
    return ended.value.code, said.getvalue()


@pytest.fixture
def piped_mailbox(cast):
    return Mailbox.objects.create(name="Desk", address="it@xinghe.example", service=cast.email, language="en")


def test_pipe_takes_a_letter_in(piped_mailbox, monkeypatch):
    assert piped(monkeypatch, letter(), "--mailbox", "it+r-1-2-x@xinghe.example") == (0, "opened\n")
    assert piped(monkeypatch, b"\xff\xfe rubbish") == (0, "quarantined unreadable\n")


def test_pipe_refuses_an_address_that_is_no_mailbox(piped_mailbox, monkeypatch):
    assert piped(monkeypatch, letter(), "--mailbox", "nobody@xinghe.example")[0] == 67


def test_pipe_asks_the_mail_server_to_wait_while_the_database_is_away(piped_mailbox, monkeypatch):
    def away(*args):
        raise OperationalError("the database is away")

    monkeypatch.setattr(receiving, "_keep", away)
    assert piped(monkeypatch, letter())[0] == 75


# -- there and back


class Outside:
    """A mail server of the outside world: keeps what it is given."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope.content)
        return "250 taken"


@pytest.fixture
def outside(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    handler = Outside()
    controller = Controller(handler, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield handler
    controller.stop()


def test_letter_by_swaks_is_answered_and_the_answer_to_that_comes_back(
    piped_mailbox, outside, settings, deliver, tmp_path
):
    if not (swaks := shutil.which("swaks")):
        pytest.skip("swaks not installed (Debian: swaks)")
    (tmp_path / "log.txt").write_text("the log")
    host = f"127.0.0.1:{settings.EMAIL_PORT}"
    subprocess.run(
        [
            swaks, "--server", host, "--from", "li.na@xinghe.example", "--to", "it@xinghe.example",
            "--header", "Subject: printer", "--body", "It is broken.", "--attach", f"@{tmp_path}/log.txt",
            "--silent", "2",
        ],
        check=True, timeout=60,
    )  # fmt: skip
    opened = services.take_in(piped_mailbox, outside.taken.pop())
    assert opened.state == "opened" and opened.ticket.attachments.get().name == "log.txt"
    deliver()
    assert notifications.send_due() >= 1
    (receipt,) = [raw for raw in outside.taken if b"li.na@xinghe.example" in raw]
    receipt_id = Mail.objects.get(user=opened.ticket.requester).message_id
    answer = letter(subject="Re: printer", text="And the other one too.", In_Reply_To=receipt_id)
    assert services.take_in(piped_mailbox, answer).ticket_id == opened.ticket_id
    assert b"Reply-To: it+r-" in receipt and receipt.count(b"[#r-") >= 1


def test_two_machines_that_answer_everything_do_not_answer_each_other(piped_mailbox, outside, deliver):
    """A holiday note that says nothing of being one comes back to every mail of ours."""
    services.take_in(piped_mailbox, letter(subject="help"))
    for round_number in range(30):
        deliver()
        notifications.send_due()
        for sent in [outside.taken.pop() for _ in outside.taken[:]]:
            if b"To:" in sent and b"li.na@xinghe.example" in sent:
                services.take_in(piped_mailbox, letter(subject=f"I am away {round_number}", text="away"))
    assert Incident.objects.count() <= 22
    assert InboundMessage.objects.filter(reason="too_many").exists()
