"""Pages of escalation: the log, one's own calls, policies; who is let in and what they change."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from accounts.models import User
from core import one_click
from events.models import Event
from notifications.services import sending
from sla import services
from sla.models import Escalation, EscalationPolicy, EscalationStep, SweepDelay
from sla.views import calling
from tests.unit.sla.test_escalating import agreed, present, report, step, sweep_and_deliver, taken
from tests.unit.sla.test_escalation_calls import roster

pytestmark = pytest.mark.django_db
Action = EscalationStep.Action
__all__ = ["agreed", "present", "roster"]


@pytest.fixture(autouse=True)
def english_readers(cast):
    User.objects.update(language="en")


@pytest.fixture
def called(cast, agreed, roster, deliver):
    agreed(step(Action.TELL_LEAD, 50), step(Action.TELL_ON_CALL, 75, roster=roster, acknowledge_minutes=5))
    ticket = taken(cast, report(cast))
    for hours in (2, 3):
        sweep_and_deliver(deliver, hours=hours, seconds=1)
    return ticket


@pytest.mark.parametrize("path", ["escalations/", "calls/", "policies/"])
@pytest.mark.parametrize(("who", "status"), [("li_na", 404), ("zhang_wei", 200), ("wang_fang", 200), ("admin", 200)])
def test_pages_are_for_the_desk(cast, client, path, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(f"/sla/{path}").status_code == status


def test_log_says_when_who_how_and_what_became_of_it(cast, client, called):
    client.force_login(cast.wang_fang)
    page = client.get("/sla/escalations/").content.decode()
    for words in (called.number, "Chen Hao", "Waiting for an answer", "Bell: not read yet", "Mail: Waiting to be sent"):
        assert words in page
    assert called.number in client.get("/sla/escalations/?state=waiting").content.decode()
    assert called.number not in client.get("/sla/escalations/?state=not_possible").content.decode()
    assert called.number not in client.get("/sla/escalations/?until=2026-11-15").content.decode()
    nonsense = "?state=x&team=99999999999999999999&since=0001-01-01&until=9999-12-31&before=%F0%9F%98%80"
    assert client.get(f"/sla/escalations/{nonsense}").status_code == 200


def test_log_pages_by_key_with_a_bounded_number_of_queries(cast, client, called, django_assert_max_num_queries):
    row = Escalation.objects.first()
    for level in range(2, 120):
        row.pk, row.level = None, level
        row.save()
    client.force_login(cast.wang_fang)
    with django_assert_max_num_queries(12):
        first = client.get("/sla/escalations/")
    assert first.content.decode().count(f">{called.number}</a>") == 50
    second = client.get(f"/sla/escalations/{first.context['next']}")
    assert second.content.decode().count(f">{called.number}</a>") == 50


def test_log_of_another_organisation_is_hidden(cast, client, called):
    cast.network.serves.set([cast.other])
    client.force_login(cast.chen_hao)
    assert called.number not in client.get("/sla/escalations/").content.decode()


def test_person_called_answers_on_the_page_and_a_second_answer_is_told_who_was_first(cast, client, called):
    row = Escalation.objects.get(person=cast.chen_hao)
    client.force_login(cast.chen_hao)
    bell = cast.chen_hao.notifications.get(kind="on_call")
    assert client.get(f"/notifications/{bell.pk}/").url == "/sla/calls/"
    assert "Answer by" in client.get("/sla/calls/").content.decode()
    page = client.post(f"/sla/escalations/{row.pk}/acknowledge/", follow=True).content.decode()
    assert "Nobody else is called" in page and "Nothing waits for you" in page
    client.force_login(cast.wang_fang)
    page = client.post(f"/sla/escalations/{row.pk}/acknowledge/", follow=True).content.decode()
    assert "Chen Hao has acknowledged this already" in page


def test_stranger_to_the_call_cannot_answer(cast, client, called):
    row = Escalation.objects.get(person=cast.chen_hao)
    client.force_login(cast.liu_yang)
    assert client.post(f"/sla/escalations/{row.pk}/acknowledge/").status_code == 403
    client.force_login(cast.li_na)
    assert client.post(f"/sla/escalations/{row.pk}/acknowledge/").status_code == 404
    client.force_login(cast.chen_hao)
    assert client.get(f"/sla/escalations/{row.pk}/acknowledge/").status_code == 405


def link_in_mail(person):
    """The path of the link behind “Acknowledge”, out of the mail as it goes out."""
    body = sending.message_of(person.mails.get(kind="on_call")).body
    return re.search(r"/sla/calls/[^\s>]+", body).group()


def test_call_is_acknowledged_from_the_mail_without_signing_in(cast, client, called):
    link, row = link_in_mail(cast.chen_hao), Escalation.objects.get(acknowledge_by__isnull=False)
    page = client.get(link).content.decode()
    assert called.number in page and "Please acknowledge by" in page
    assert client.head(link).status_code == 200
    row.refresh_from_db()
    assert row.state == Escalation.State.TOLD
    assert "Nobody else is called" in client.post(link).content.decode()
    row.refresh_from_db()
    assert (row.state, row.acknowledged_by, row.acknowledge_by) == ("acknowledged", cast.chen_hao, None)
    for answer in (client.get(link), client.post(link)):
        assert "Chen Hao has acknowledged this already" in answer.content.decode()


def test_link_of_a_call_is_its_person_s_only_and_for_nothing_else(cast, client, called):
    link, row = link_in_mail(cast.chen_hao), Escalation.objects.get(acknowledge_by__isnull=False)
    forged = one_click.sign("confirm", event=row.event_id, user=cast.chen_hao.pk)
    another = one_click.sign("acknowledge", event=row.event_id, user=cast.li_na.pk)
    for token in (forged, another, "x"):
        answer = client.post(f"/sla/calls/{token}/", headers={"accept-language": "en"})
        assert answer.status_code == 404 and "no longer valid" in answer.content.decode()
    with time_machine.travel(datetime.now(UTC) + calling.VALID_FOR * 2):
        assert client.post(link).status_code == 404
    User.objects.filter(pk=cast.chen_hao.pk).update(is_active=False)
    assert client.post(link).status_code == 404
    row.refresh_from_db()
    assert row.state == Escalation.State.TOLD


def test_receipt_shows_the_escalations(cast, client, called):
    client.force_login(cast.wang_fang)
    page = client.get(f"/sla/receipt/{called.pk}/").content.decode()
    assert "Call the person on call" in page and "Mail: Waiting to be sent" in page


def form_data(*rows, **fields):
    data = {"name_en": "Strict", "name_zh": "", "slug": "strict", **fields}
    data |= {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows):
        data |= {f"form-{index}-{name}": value for name, value in row.items()}
    return data


ROW = {"action": "tell_lead", "metric": "", "pct": "75", "offset_minutes": "0"}


def test_manager_writes_a_policy_in_one_form(cast, client, roster):
    client.force_login(cast.wang_fang)
    call = {"action": "tell_on_call", "pct": "100", "offset_minutes": "-15", "roster": roster.pk}
    empty = {"action": "", "pct": "100", "offset_minutes": "0"}
    answer = client.post("/sla/policies/new/", form_data(ROW, call | {"acknowledge_minutes": "5"}, empty))
    policy = EscalationPolicy.objects.get()
    assert answer.url == f"/sla/policies/{policy.pk}/"
    steps = list(policy.steps.values_list("action", "pct", "offset_minutes", "acknowledge_minutes"))
    assert steps == [("tell_lead", 75, 0, None), ("tell_on_call", 100, -15, 5)]
    data = form_data(ROW | {"DELETE": "on"}, call, slug="strict")
    client.post(f"/sla/policies/{policy.pk}/", data)
    policy.refresh_from_db()
    assert (policy.steps.count(), policy.revision) == (1, 2)
    assert Event.objects.filter(name__startswith="escalation_policy.").count() == 2
    assert client.post(f"/sla/policies/{policy.pk}/remove/").url == "/sla/policies/"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"pct": "0"}, "greater than or equal to 1"),
        ({"pct": "x"}, "whole number"),
        ({"action": "tell_on_call"}, "This action needs one"),
        ({"action": "move_to_team", "team": "999999"}, "Select a valid choice"),
        ({"offset_minutes": "99999999999"}, "less than or equal"),
        ({"acknowledge_minutes": "-1"}, "greater than or equal to 1"),
    ],
)
def test_bad_step_is_refused_beside_its_field_with_the_typed_text_kept(cast, client, row, complaint):
    client.force_login(cast.wang_fang)
    page = client.post("/sla/policies/new/", form_data(ROW | row, name_en="Kept words")).content.decode()
    assert complaint in page and "Kept words" in page
    assert not EscalationPolicy.objects.exists()


def test_policy_without_a_name_or_with_a_taken_one_is_refused(cast, client):
    client.force_login(cast.wang_fang)
    client.post("/sla/policies/new/", form_data(ROW))
    assert client.post("/sla/policies/new/", form_data(ROW)).status_code == 200
    assert client.post("/sla/policies/new/", form_data(ROW, slug="other", name_en="")).status_code == 200
    assert EscalationPolicy.objects.count() == 1


def test_agents_read_policies_and_change_none(cast, client):
    client.force_login(cast.wang_fang)
    client.post("/sla/policies/new/", form_data(ROW))
    policy = EscalationPolicy.objects.get()
    client.force_login(cast.zhang_wei)
    assert "Tell the team lead" in client.get(f"/sla/policies/{policy.pk}/").content.decode()
    assert client.post(f"/sla/policies/{policy.pk}/", form_data(ROW)).status_code == 403
    assert client.get("/sla/policies/new/").status_code == 403
    assert client.post(f"/sla/policies/{policy.pk}/remove/").status_code == 403


def test_late_sweep_alarms_administrators_once_an_episode(cast, client, agreed, deliver, monkeypatch):
    agreed()
    report(cast)
    assert services.watch_sweep() and services.watch_sweep()
    deliver()
    assert cast.admin.mails.filter(kind="sweep_behind").count() == 1
    for who, is_told in ((cast.admin, True), (cast.zhang_wei, False)):
        client.force_login(who)
        assert ("bell-alarm" in client.get("/notifications/bell/").content.decode()) is is_told
    client.force_login(cast.zhang_wei)
    assert "Deadlines are not watched in time" in client.get("/sla/escalations/").content.decode()
    while services.sweep():
        pass
    assert not services.watch_sweep()
    assert SweepDelay.objects.get().ended_at is not None
    assert list(Event.objects.filter(name__startswith="sweep.").values_list("name", flat=True)) == [
        "sweep.fell_behind",
        "sweep.caught_up",
    ]
