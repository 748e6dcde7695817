"""Which ticket a letter belongs to, and who may speak on it."""

import pytest

from incidents.models import Incident
from integrations.models import Mailbox
from integrations.selectors import reply_address
from notifications.models import Mail
from tickets import services as tickets
from tickets.models import Attachment, Comment

pytestmark = pytest.mark.django_db


def close(incident, cast):
    values = {"resolution_code": "fixed", "resolution_notes": "done", "service": cast.erp}
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=values)
    tickets.take_transition(incident, "close", actor=cast.li_na)


def test_letter_opens_a_ticket_of_the_mailbox(cast, receive):
    message = receive(files=[("日志.txt", "text/plain", b"line 1")])
    assert (message.state, message.why) == ("opened", "")
    incident = Incident.objects.get(pk=message.ticket_id)
    assert (incident.title, incident.channel, incident.requester) == ("打印机坏了", "email", cast.li_na)
    assert (incident.service, incident.team, incident.organisation) == (cast.email, cast.network, cast.xinghe)
    assert incident.description == "二楼的打印机不动了。"
    assert Attachment.objects.get(ticket=incident).name == "日志.txt"


def test_same_letter_twice_is_one_ticket(receive):
    first, again = (receive(message_id="<same@x>") for _ in range(2))
    assert first.pk == again.pk and Incident.objects.count() == 1


def test_message_id_that_another_sender_used_hides_no_letter(cast, receive):
    receive(message_id="<same@x>")
    other = receive("赵敏 <zhao.min@xinghe.example>", message_id="<same@x>")
    assert other.state == "opened" and Incident.objects.count() == 2


def test_answer_to_our_mail_becomes_a_comment_without_its_quotation(cast, incident, receive, deliver):
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    text = "还是不行。\n\n在 2026年11月23日，IT <it@xinghe.example> 写道：\n> 我们已收到您的报告\n> 编号"
    message = receive(subject="回复: 我们已收到", text=text, In_Reply_To=mail.message_id)
    assert message.state == "threaded"
    said = Comment.objects.get(pk=message.comment_id)
    assert (said.ticket_id, said.body, said.author, said.channel) == (incident.pk, "还是不行。", cast.li_na, "email")


def test_answer_finds_its_ticket_through_the_older_references(cast, incident, receive, deliver):
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    assert receive(References=f"{mail.message_id} <gone@x>", In_Reply_To="<gone@x>").ticket_id == incident.pk


def test_letter_that_follows_an_own_letter_stays_on_its_ticket(receive):
    opened = receive(message_id="<first@x>")
    again = receive(subject="补充", In_Reply_To="<first@x>")
    assert (again.state, again.ticket_id) == ("threaded", opened.ticket_id)


def test_signed_address_finds_the_ticket_when_every_header_is_lost(cast, incident, receive):
    address = reply_address(incident, cast.li_na)
    assert receive(to=address.upper(), subject="没有主题").ticket_id == incident.pk


def test_signed_address_with_one_letter_changed_finds_nothing(cast, incident, receive):
    address = reply_address(incident, cast.li_na)
    local = address.partition("@")[0]
    wrong = f"{local[:-1]}{'3' if local[-1] == '2' else '2'}@xinghe.example"
    assert receive(to=wrong).state == "opened"


def test_number_in_the_subject_counts_for_who_takes_part(cast, incident, receive):
    assert receive(subject=f"Re: [{incident.number}] ERP").ticket_id == incident.pk


def test_number_in_the_subject_written_by_a_stranger_opens_a_ticket_of_their_own(cast, incident, receive):
    for sender in ("赵敏 <zhao.min@xinghe.example>", "钱多 <qian.duo@other.example>"):
        message = receive(sender, subject=f"Re: [{incident.number}] ERP")
        assert message.state == "opened" and message.ticket_id != incident.pk
    assert not Comment.objects.filter(ticket=incident).exists()


def test_forwarded_mail_lets_its_reader_speak_on_no_ticket_they_may_not_see(cast, incident, receive, deliver):
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    address = reply_address(incident, cast.li_na)
    message = receive("钱多 <qian.duo@other.example>", to=address, In_Reply_To=mail.message_id)
    assert message.state == "opened" and message.ticket_id != incident.pk


def test_answer_of_the_desk_is_public_and_to_an_internal_mail_an_internal_note(cast, incident, receive, deliver):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    public = receive("张伟 <zhang.wei@xinghe.example>", subject=f"[{incident.number}]", text="看过了")
    assert Comment.objects.get(pk=public.comment_id).is_internal  # by the number alone nobody outside reads it
    tickets.comment(incident, actor=cast.chen_hao, body="@zhang.wei 帮看", is_internal=True)
    tickets.comment(incident, actor=cast.li_na, body="急")
    deliver()
    note, reply = (Mail.objects.get(user=cast.zhang_wei, kind=kind) for kind in ("mentioned", "answered"))
    internal = receive("张伟 <zhang.wei@xinghe.example>", In_Reply_To=note.message_id)
    answer = receive("张伟 <zhang.wei@xinghe.example>", In_Reply_To=reply.message_id)
    assert Comment.objects.get(pk=internal.comment_id).is_internal
    assert not Comment.objects.get(pk=answer.comment_id).is_internal


def test_answer_on_a_closed_ticket_opens_a_linked_one(cast, incident, receive):
    close(incident, cast)
    message = receive(subject=f"[{incident.number}] 又坏了", text="又坏了")
    assert message.state == "opened" and message.ticket_id != incident.pk
    assert incident.number in message.ticket.title and message.ticket.channel == "email"


def test_answer_ends_waiting_for_the_requester(cast, incident, receive):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    values = {"pending_reason": "caller", "comment": "哪个型号？"}
    tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values=values)
    receive(subject=f"[{incident.number}]", text="M404")
    incident.refresh_from_db()
    assert incident.state == "in_progress"


def test_letter_through_two_mailboxes_is_one_ticket(cast, receive, mailbox):
    mailbox.pk, mailbox.address = None, "help@xinghe.example"
    mailbox.save()
    first = receive(message_id="<two@x>", at=Mailbox.objects.get(address="it@xinghe.example"))
    second = receive(message_id="<two@x>", at=mailbox)
    assert (first.state, second.state, second.reason) == ("opened", "ignored", "duplicate")


def test_replies_are_answered_from_the_mailbox_they_came_through(cast, incident, receive, mailbox):
    opened = receive()
    mailbox.pk, mailbox.address = None, "aaa@xinghe.example"
    mailbox.save()
    assert reply_address(opened.ticket, cast.li_na).endswith("@xinghe.example")
    assert reply_address(opened.ticket, cast.li_na).startswith("it+r-")
