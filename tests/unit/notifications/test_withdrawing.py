"""A reply can be withdrawn for ten seconds: its mail stays here, its words leave every page outside the desk."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, Refused
from incidents import services as incidents
from notifications import services
from notifications.models import Mail, Notification
from sla import services as sla
from sla.models import Clock
from sla.services import auditing
from tickets import services as tickets
from tickets.models import Attachment, Ticket
from tickets.selectors import timeline
from tickets.services.withdrawing import UNDO_FOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cast):
    sla.install_defaults()
    return incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)


@pytest.fixture
def reply(cast, incident, deliver):
    """张伟 has just answered 李娜, by mistake."""
    deliver()
    return tickets.comment(incident, actor=cast.zhang_wei, body="给王总的内部话")


def test_mail_with_a_reply_waits_until_it_cannot_be_withdrawn(cast, reply, deliver):
    deliver()
    assert services.send_due() == 1  # what said that the report was received
    waiting = Mail.objects.get(user=cast.li_na, kind="replied")
    assert waiting.state == "queued" and waiting.not_before == reply.created_at + UNDO_FOR
    Mail.objects.update(not_before=Now())
    assert services.send_due() == 1


def test_withdrawn_reply_reaches_nobody(client, cast, incident, reply, deliver):
    deliver()
    tickets.withdraw(reply, actor=cast.zhang_wei)
    deliver()
    Mail.objects.update(not_before=Now())
    services.send_due()
    assert Mail.objects.get(user=cast.li_na, kind="replied").state == "withdrawn"
    assert not Notification.objects.filter(user=cast.li_na, kind="replied").exists()
    for person, is_read in ((cast.li_na, False), (cast.zhang_wei, True)):
        client.force_login(person)
        name = "desk:ticket" if person.is_staff_member else "portal:ticket"
        page = client.get(reverse(name, args=[incident.number])).content.decode()
        assert ("给王总的内部话" in page) is is_read


def test_reply_withdrawn_before_the_worker_came_makes_no_mail(cast, reply, deliver):
    tickets.withdraw(reply, actor=cast.zhang_wei)
    deliver()
    assert not Mail.objects.filter(kind="replied").exists()


def test_mail_in_the_worker_hands_is_stopped_when_its_reply_was_withdrawn(cast, reply, deliver):
    deliver()
    Mail.objects.filter(kind="replied").update(state="failed", not_before=Now())
    tickets.withdraw(reply, actor=cast.zhang_wei)
    services.send_due()
    assert Mail.objects.get(user=cast.li_na, kind="replied").state == "withdrawn"


def test_withdrawal_stands_in_the_timeline_beside_the_answer(cast, incident, reply):
    tickets.withdraw(reply, actor=cast.zhang_wei)
    told = [(entry.kind, entry.text) for entry in timeline(incident, cast.wang_fang)]
    assert ("internal", "给王总的内部话") in told and ("system", "withdrew the reply before it was sent") in told
    assert not any("给王总" in entry.text for entry in timeline(incident, cast.li_na))


def test_reply_is_final_after_ten_seconds(cast, incident):
    with clock.travel(clock.now() - UNDO_FOR - timedelta(seconds=1)):
        old = tickets.comment(incident, actor=cast.zhang_wei, body="so")
    with pytest.raises(Refused, match="no longer"):
        tickets.withdraw(old, actor=cast.zhang_wei)


def test_only_the_author_withdraws_and_only_a_reply(cast, incident, reply):
    with pytest.raises(NotAllowed):
        tickets.withdraw(reply, actor=cast.admin)
    note = tickets.comment(incident, actor=cast.zhang_wei, body="note", is_internal=True)
    with pytest.raises(Refused):
        tickets.withdraw(note, actor=cast.zhang_wei)


def test_question_said_with_a_hold_belongs_to_it(cast, incident):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    values = {"pending_reason": "caller", "comment": "哪个型号？"}
    tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values=values)
    with pytest.raises(Refused):
        tickets.withdraw(incident.comments.get(), actor=cast.zhang_wei)


def test_files_of_a_withdrawn_reply_are_internal_too(cast, incident):
    said = tickets.comment(incident, actor=cast.zhang_wei, uploads=[SimpleUploadedFile("salaries.txt", b"x")])
    tickets.withdraw(said, actor=cast.zhang_wei)
    assert not Attachment.objects.visible_to(cast.li_na).exists()


def test_undo_of_the_desk_withdraws_a_reply(cast, incident, reply):
    tickets.undo(tickets.last_act(cast.zhang_wei), actor=cast.zhang_wei)
    reply.refresh_from_db()
    assert reply.withdrawn_at is not None


def test_withdrawn_first_answer_lets_the_clock_of_the_first_answer_run_again(cast, incident, reply):
    stopped = incident.clocks.get(metric="response")
    assert (stopped.stage, stopped.outcome) == ("stopped", "met")
    tickets.withdraw(reply, actor=cast.zhang_wei)
    running, ticket = incident.clocks.get(metric="response"), Ticket.objects.get(pk=incident.pk)
    assert (running.stage, running.outcome, ticket.responded_at) == ("running", "", None)
    assert running.corrections.get().cause.name == "ticket.reply_withdrawn"
    assert auditing.compare(Clock.objects.all()) == []
    again = tickets.comment(incident, actor=cast.zhang_wei, body="正在看")
    assert incident.clocks.get(metric="response").stage == "stopped"
    assert Ticket.objects.get(pk=incident.pk).responded_at == again.created_at
    assert auditing.compare(Clock.objects.all()) == []


def test_clock_stays_stopped_by_whoever_else_answered_meanwhile(cast, incident, reply):
    other = tickets.comment(incident, actor=cast.chen_hao, body="我来")
    tickets.withdraw(reply, actor=cast.zhang_wei)
    assert incident.clocks.get(metric="response").stage == "stopped"
    assert Ticket.objects.get(pk=incident.pk).responded_at == other.created_at
    assert auditing.compare(Clock.objects.all()) == []
