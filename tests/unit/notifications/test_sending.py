"""The outbox: counted before, noted after, asked again, tried again, held, let go."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from accounts import services as accounts
from core.errors import NotAllowed
from notifications import links, services, transport
from notifications.models import Mail
from notifications.services import sending
from tickets import services as tickets


@pytest.fixture
def mail(cast, incident, deliver):
    deliver()
    return Mail.objects.get(user=cast.li_na)


def test_without_a_mail_server_mail_is_sent_to_the_mailbox(mail):
    assert services.send_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.channel, mail.attempts) == ("sent", "mailbox", 1)
    assert services.send_due() == 0


def test_message_threads_is_automatic_and_has_a_lasting_id(cast, mail):
    message = sending.message_of(mail).message()
    assert message["Message-ID"] == mail.message_id == sending.message_of(mail).message()["Message-ID"]
    assert message["References"] == message["In-Reply-To"] == mail.thread_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert "servicedesk@" in message["Reply-To"]


def test_display_name_cannot_inject_a_header(cast, mail):
    cast.li_na.name = 'Li"\r\nBcc: everybody@xinghe.example'
    cast.li_na.save()
    message = sending.message_of(Mail.objects.get(pk=mail.pk)).message()
    assert message["Bcc"] is None
    assert message["To"].count("\n") == 0


def test_recipient_who_lost_sight_of_the_ticket_gets_nothing(cast, incident, deliver):
    tickets.watch(incident, user=cast.zhao_min, actor=cast.zhang_wei)
    tickets.comment(incident, actor=cast.zhang_wei, body="Here is how")
    deliver()
    tickets.unwatch(incident, user=cast.zhao_min, actor=cast.zhang_wei)
    Mail.objects.update(not_before=Now())  # past the seconds in which the reply can be withdrawn
    services.send_due()
    assert set(Mail.objects.filter(user=cast.zhao_min).values_list("state", flat=True)) == {"dropped"}
    assert set(Mail.objects.filter(user=cast.li_na).values_list("state", flat=True)) == {"sent"}


def test_internal_mail_is_not_sent_to_somebody_who_left_the_desk(cast, incident, deliver):
    tickets.watch(incident, user=cast.liu_yang, actor=cast.zhang_wei)
    tickets.comment(incident, actor=cast.zhang_wei, body="Secret", is_internal=True)
    deliver()
    cast.liu_yang.roles = ["requester"]
    cast.liu_yang.save()
    services.send_due()
    assert Mail.objects.get(user=cast.liu_yang, kind="watched").state == "dropped"


def test_silent_copy_holds_everything_until_an_administrator_lets_it_go(cast, mail, settings):
    settings.SILENT = True
    assert services.send_due() == 0
    assert Mail.objects.get().state == "held"
    settings.SILENT = False
    assert services.send_due() == 0
    with pytest.raises(NotAllowed):
        services.release_held(actor=cast.wang_fang)
    assert services.release_held(actor=cast.admin) == 1
    assert services.send_due() == 1


def test_lease_of_a_killed_worker_brings_the_same_mail_back(mail):
    Mail.objects.update(state="sending", attempts=1, not_before=Now() - timedelta(seconds=1))
    assert services.send_due() == 1
    sent = Mail.objects.get()
    assert (sent.state, sent.attempts, sent.message_id) == ("sent", 2, mail.message_id)


def test_mail_in_a_living_workers_hands_is_left_alone(mail):
    Mail.objects.update(state="sending", attempts=1, not_before=Now() + timedelta(seconds=30))
    assert services.send_due() == 0


def test_late_note_of_a_worker_whose_lease_ran_out_changes_nothing(mail):
    slow = sending._claim()
    Mail.objects.update(not_before=Now() - timedelta(seconds=1))
    assert services.send_due() == 1
    sending._note(slow, state=Mail.State.FAILED)
    assert Mail.objects.get().state == "sent"


def test_mail_is_given_up_after_the_last_attempt_and_can_be_replayed(cast, mail, monkeypatch):
    def refuse(self, message):
        raise ConnectionRefusedError("nobody there")

    Mail.objects.update(attempts=sending.MAX_ATTEMPTS - 1)
    with monkeypatch.context() as patched:
        patched.setattr(transport.Mailbox, "deliver", refuse)
        services.send_due()
    dead = Mail.objects.get()
    assert dead.state == "dead" and "nobody there" in dead.last_error
    services.release(dead, actor=cast.admin)
    assert services.send_due() == 1


def test_secret_links_are_made_for_the_reader_and_never_stored(cast, deliver):
    accounts.request_password_reset("li.na")
    deliver()
    mail = Mail.objects.get(user=cast.li_na, kind="password")
    assert "/account/" not in mail.text + mail.html
    body = sending.message_of(mail).body
    assert "http" in body and "\ue000" not in body
    services.send_due()
    assert "/account/" not in Mail.objects.get(pk=mail.pk).text


def test_links_are_built_from_the_site_address(mail, settings):
    settings.SITE_URL = "https://desk.example"
    assert links.absolute("/x").startswith("https://desk.example")


def test_one_claim_takes_one_mail_whatever_the_planner_believes(cast, incident, deliver):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_mail")  # while it is empty: nested loops look cheapest
    tickets.watch(incident, user=cast.zhao_min, actor=cast.zhang_wei)
    tickets.comment(incident, actor=cast.zhang_wei, body="Here is how")
    deliver()
    assert sending._claim() is not None
    assert Mail.objects.filter(state="queued").count() >= 2
    assert Mail.objects.filter(state="sending").count() == 1
