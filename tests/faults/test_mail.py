"""A real SMTP server that accepts, refuses, is down or dies: delivered once, tried again, given up visibly."""

import multiprocessing
import os
import signal
import socket
import threading
from collections import Counter
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, connections
from django.db.models.functions import Now

from accounts.models import User
from core import clock as wall
from incidents import services as incidents
from notifications import services, transport
from notifications.models import Mail
from notifications.services import sending
from sla import services as sla
from sla.models import Firing
from tests.cast import make_cast
from tickets import services as tickets

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


class Server:
    """Keeps what it accepts; `answers` are given to the next messages instead of accepting them."""

    def __init__(self):
        self.accepted = []
        self.answers = []

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.accepted.append(envelope)
        return "250 taken"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 fine"


@pytest.fixture
def port(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5
    return settings.EMAIL_PORT


@pytest.fixture
def server(port):
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def mail(db, deliver):
    people = make_cast()
    incidents.report_incident(actor=people.li_na, title="ERP 登录失败", service=people.erp)
    deliver()
    return Mail.objects.get()


def due_now():
    Mail.objects.update(not_before=Now())


def test_mail_is_handed_over_once_with_its_headers(mail, server):
    assert services.send_due() == 1
    assert services.send_due() == 0
    (envelope,) = server.accepted
    assert envelope.rcpt_tos == ["li.na@xinghe.example"]
    content = envelope.content.decode("utf-8", "replace")
    assert mail.message_id in content and "Auto-Submitted: auto-generated" in content
    assert "multipart/alternative" in content
    sent = Mail.objects.get()
    assert (sent.state, sent.channel) == ("sent", "smtp")


def test_server_that_is_down_delays_the_mail_and_does_not_lose_it(mail, port):
    assert services.send_due() == 0
    waiting = Mail.objects.get()
    assert waiting.state == "failed" and waiting.attempts == 1 and "refused" in waiting.last_error.lower()
    assert waiting.not_before > waiting.created_at
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        due_now()
        assert services.send_due() == 1
    finally:
        controller.stop()
    assert len(handler.accepted) == 1 and Mail.objects.get().state == "sent"


def test_server_that_is_busy_is_asked_again_later(mail, server):
    server.answers = ["451 try again later"]
    services.send_due()
    assert Mail.objects.get().state == "failed"
    due_now()
    assert services.send_due() == 1


def test_refused_text_is_given_up_at_once_and_shown(mail, server):
    server.answers = ["554 looks like spam"]
    services.send_due()
    dead = Mail.objects.get()
    assert dead.state == "dead" and "looks like spam" in dead.last_error
    assert list(Mail.objects.in_trouble()) == [dead]


def test_refused_recipient_does_not_stop_the_mails_behind_it(mail, server, deliver):
    mail.user.email = "nobody@xinghe.example"
    mail.user.save()
    incidents.report_incident(actor=User.objects.get(username="zhao.min"), title="Mail is slow")
    deliver()
    assert services.send_due() == 1
    assert Mail.objects.get(pk=mail.pk).state == "dead"
    assert len(server.accepted) == 1


def test_workers_in_a_race_hand_over_each_mail_once(mail, server, deliver):
    for number in range(20):
        tickets.comment(mail.ticket, actor=User.objects.get(username="zhang.wei"), body=f"Step {number}")
    deliver()
    due_now()
    expected = Mail.objects.count()
    barrier = threading.Barrier(4)

    def work():
        barrier.wait(5)
        try:
            services.send_due()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    handed_over = [_message_id(envelope) for envelope in server.accepted]
    assert expected == 21
    assert sorted(handed_over) == sorted(Mail.objects.values_list("message_id", flat=True))
    assert set(Mail.objects.values_list("attempts", flat=True)) == {1}


def test_worker_killed_after_acceptance_sends_the_same_message_id_again(mail, server):
    connection.close()
    worker = multiprocessing.get_context("fork").Process(target=_send_and_die)
    worker.start()
    worker.join(20)
    assert worker.exitcode == -signal.SIGKILL
    assert len(server.accepted) == 1
    left = Mail.objects.get()
    assert (left.state, left.attempts) == ("sending", 1)
    assert services.send_due() == 0, "its lease has not run out"
    due_now()
    assert services.send_due() == 1
    first, second = (_message_id(envelope) for envelope in server.accepted)
    assert first == second == mail.message_id
    assert Mail.objects.get().state == "sent"


def test_f03_worker_killed_after_a_missed_deadline_was_mailed_sends_that_mail_once_more_and_fires_nothing_again(
    cast, server, deliver
):
    with wall.travel(wall.now() - timedelta(days=30)):
        sla.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp, impact=2, urgency=2)
        tickets.take_transition(ticket, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    while sla.sweep():
        deliver()
    fired = set(Firing.objects.values_list("pk", "fired_at"))
    mails = Mail.objects.filter(event__name="sla.breached")
    assert fired and mails.exists()
    Mail.objects.exclude(pk__in=mails).delete()
    connection.close()
    worker = multiprocessing.get_context("fork").Process(target=_send_and_die)
    worker.start()
    worker.join(20)
    assert worker.exitcode == -signal.SIGKILL
    due_now()
    while services.send_due() or sla.sweep():
        deliver()
    times = Counter(map(_message_id, server.accepted))
    assert set(times) == set(mails.values_list("message_id", flat=True))
    assert sorted(times.values()) == [1] * (mails.count() - 1) + [2]
    assert set(Firing.objects.values_list("pk", "fired_at")) == fired


def _send_and_die():
    """A worker whose process is killed between the server's acceptance and the note of it."""
    connection.close()
    sending._note = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
    services.send_due()


def _message_id(envelope):
    lines = envelope.content.decode("utf-8", "replace").splitlines()
    return next(line.partition(": ")[2] for line in lines if line.startswith("Message-ID"))


def test_certificate_of_the_server_is_checked():
    line = transport.Smtp()
    assert line._connection.ssl_context.check_hostname is True
