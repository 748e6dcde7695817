"""Who is told of what, in which words, and who is not."""

from datetime import timedelta

import pytest
from django.db import transaction

from core import clock
from events.models import Event
from events.services import publish
from incidents import services as incidents
from notifications import links, services
from notifications.models import Mail, Notification
from notifications.vocabulary import Kind
from tickets import services as tickets

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the **licence** server"}


def kinds(user):
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def mails(user):
    return list(Mail.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def worked(cast, incident, deliver):
    """The incident in 陈浩's hands, everything before it told and forgotten."""
    incident = tickets.take_transition(
        incident, "assign", actor=cast.zhang_wei, values={"team": cast.network, "assignee": cast.chen_hao}
    )
    incident = tickets.take_transition(incident, "start", actor=cast.chen_hao)
    deliver()
    Notification.objects.all().delete()
    Mail.objects.all().delete()
    return incident


def test_report_is_confirmed_with_its_number_although_the_requester_acted(cast, incident, deliver):
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    assert mail.kind == Kind.RECEIVED
    assert incident.number in mail.subject and incident.number in mail.text
    assert kinds(cast.li_na) == []


def test_mail_is_in_the_recipients_language_whatever_the_workers_is(cast, incident, deliver):
    cast.li_na.language = "en"
    cast.li_na.save()
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    assert "We have received your report" in mail.text and 'lang="en"' in mail.html


def test_assignee_is_told_of_an_assignment_and_the_actor_is_not(cast, incident, deliver):
    tickets.take_transition(
        incident, "assign", actor=cast.zhang_wei, values={"team": cast.network, "assignee": cast.chen_hao}
    )
    deliver()
    assert kinds(cast.chen_hao) == [Kind.ASSIGNED] and mails(cast.chen_hao) == [Kind.ASSIGNED]
    assert kinds(cast.zhang_wei) == []


def test_escalation_brings_the_handover_note_to_the_whole_team(cast, worked, deliver):
    cast.database.line = 3
    cast.database.save()
    tickets.take_transition(
        worked, "escalate", actor=cast.chen_hao, values={"team": cast.database, "note": "Tried a restart, no luck"}
    )
    deliver()
    assert mails(cast.liu_yang) == [Kind.ESCALATED]
    assert "Tried a restart" in Mail.objects.get(user=cast.liu_yang).text


def test_public_reply_reaches_the_requester_and_an_internal_note_never_does(cast, worked, deliver):
    tickets.comment(worked, actor=cast.chen_hao, body="The secret cause", is_internal=True)
    tickets.comment(worked, actor=cast.chen_hao, body="Please try again")
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    assert mail.kind == Kind.REPLIED and "Please try again" in mail.text
    assert "secret cause" not in mail.text + mail.html
    assert kinds(cast.li_na) == [Kind.REPLIED]


def test_requesters_reply_reaches_the_assignee_only(cast, worked, deliver):
    tickets.comment(worked, actor=cast.li_na, body="Still broken")
    deliver()
    assert kinds(cast.chen_hao) == [Kind.ANSWERED]
    assert kinds(cast.li_na) == [] and mails(cast.li_na) == []


def test_hold_with_a_question_is_one_mail_that_carries_the_question(cast, worked, deliver):
    tickets.take_transition(
        worked, "hold", actor=cast.chen_hao, values={"pending_reason": "caller", "comment": "Which printer is it?"}
    )
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    assert mail.kind == Kind.WAITING and "Which printer is it?" in mail.text


def test_mentioned_colleague_is_told_once_as_mentioned(cast, worked, deliver):
    tickets.comment(worked, actor=cast.chen_hao, body="@liu.yang have a look", is_internal=True)
    deliver()
    assert kinds(cast.liu_yang) == [Kind.MENTIONED]


def test_colleague_with_whom_a_ticket_is_shared_is_told_and_whoever_follows_by_themselves_is_not(
    cast, incident, deliver
):
    tickets.watch(incident, user=cast.zhao_min, actor=cast.li_na)
    tickets.watch(incident, user=cast.chen_hao, actor=cast.chen_hao)
    deliver()
    assert kinds(cast.zhao_min) == mails(cast.zhao_min) == [Kind.SHARED]
    assert kinds(cast.chen_hao) == []
    assert f"/tickets/{incident.number}/" in Mail.objects.get(user=cast.zhao_min).text


def test_nudge_reaches_the_first_line_while_nobody_has_the_ticket(cast, incident, deliver):
    tickets.nudge(incident, actor=cast.li_na)
    deliver()
    assert kinds(cast.zhang_wei) == [Kind.NUDGED]


def test_raising_to_the_lead_tells_the_named_person(cast, worked, deliver):
    incidents.escalate_hierarchically(worked, actor=cast.chen_hao, reason="The plant stands still")
    deliver()
    assert mails(cast.wang_fang) == [Kind.RAISED]
    assert "The plant stands still" in Mail.objects.get(user=cast.wang_fang).text


@pytest.mark.parametrize(("percent", "lead_is_told"), [(50, False), (90, True)])
def test_deadline_near_is_told_to_the_assignee_and_late_to_the_lead(cast, worked, deliver, percent, lead_is_told):
    with transaction.atomic():
        publish(
            "sla.threshold_crossed", subject=worked, actor=None, is_public=False,
            metric="resolution", pct=percent, due_at="2026-11-23T09:00:00Z",
        )  # fmt: skip
    deliver()
    assert kinds(cast.chen_hao) == [Kind.SLA_WARNING]
    assert (Kind.SLA_WARNING in kinds(cast.wang_fang)) is lead_is_told


def test_breach_is_mailed_with_the_due_time_in_the_readers_zone(cast, worked, deliver):
    with transaction.atomic():
        publish(
            "sla.breached", subject=worked, actor=None, is_public=False,
            metric="resolution", pct=100, due_at="2026-01-05T09:00:00Z",
        )  # fmt: skip
    deliver()
    assert "17:00" in Mail.objects.get(user=cast.chen_hao).text
    assert mails(cast.wang_fang) == [Kind.SLA_BREACHED]


def test_choices_switch_mail_and_bell_off_separately(cast, worked, deliver):
    everything = {(kind.value, way) for kind in Kind for way in ("mail", "bell")}
    services.choose(actor=cast.li_na, chosen=everything - {("replied", "mail")})
    tickets.comment(worked, actor=cast.chen_hao, body="Please try again")
    deliver()
    assert mails(cast.li_na) == [] and kinds(cast.li_na) == [Kind.REPLIED]


def test_deactivated_watcher_is_not_told(cast, worked, deliver):
    tickets.watch(worked, user=cast.zhao_min, actor=cast.zhang_wei)
    cast.zhao_min.is_active = False
    cast.zhao_min.save()
    tickets.comment(worked, actor=cast.chen_hao, body="Please try again")
    deliver()
    assert kinds(cast.zhao_min) == [] and mails(cast.zhao_min) == []


def test_imported_history_is_no_news(cast, incident, deliver):
    tickets.comment(incident, actor=cast.zhang_wei, body="Long ago", at=clock.recorded_now() - timedelta(days=3))
    deliver()
    assert mails(cast.li_na) == [Kind.RECEIVED]


def test_telling_twice_changes_nothing(cast, incident, deliver):
    deliver()
    services.tell(Event.objects.get(name="incident.reported"))
    assert Mail.objects.count() == 1


def test_title_cannot_forge_a_header_or_a_link_mark(cast, deliver):
    incidents.report_incident(
        actor=cast.li_na, title="Down\nBcc: all@xinghe.example \ue000password\ue000", service=cast.erp
    )
    deliver()
    mail = Mail.objects.get(user=cast.li_na)
    bodies = (mail.text + mail.html).replace(links.mark("separator"), "")
    assert "\n" not in mail.subject and "\ue000" not in mail.subject + bodies


def test_users_markdown_is_sanitised_in_mail(cast, worked, deliver):
    tickets.comment(worked, actor=cast.chen_hao, body="<script>alert(1)</script> [x](javascript:alert(1)) **ok**")
    deliver()
    html = Mail.objects.get(user=cast.li_na).html
    assert "<script" not in html and 'href="javascript' not in html and "<strong>ok</strong>" in html
