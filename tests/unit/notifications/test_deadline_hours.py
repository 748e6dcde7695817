"""Mails about deadlines may keep somebody's working hours; the fact, the bell and calls never wait."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.business_time import BusinessCalendar
from events.models import Event
from notifications import services
from notifications.models import MailHours
from notifications.services import telling
from notifications.vocabulary import Kind, Way
from sla import services as sla
from sla.models import Calendar
from tickets import services as tickets

pytestmark = pytest.mark.django_db
NIGHT = datetime(2030, 11, 23, 18, 0, tzinfo=UTC)  # Sunday 02:00 in Shanghai, and never history
MONDAY_NINE = datetime(2030, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def held(cast, incident):
    """张伟 holds the incident and wants mails about deadlines in office hours only."""
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    sla.install_defaults()
    keep_hours(cast.zhang_wei, Calendar.objects.get(slug="office"))
    return incident


def keep_hours(user, calendar):
    every = {(kind.value, way.value) for kind in Kind for way in Way}
    services.choose(actor=user, chosen=every, calendar=calendar)


def tell(incident, name, at=NIGHT, **data):
    news = {"metric": "response", "pct": 100, "kind": "sla", "notify": True, "lateness": 0, **data}
    with clock.travel(at):
        event = Event.objects.create(
            name=name, subject_kind="ticket", subject_id=incident.pk, at=at, recorded_at=at, is_public=False, data=news
        )
        services.tell(event)


def mail_of(user, kind):
    return user.mails.get(kind=kind)


def test_mail_about_a_deadline_at_night_waits_for_the_next_opening(cast, held):
    tell(held, "sla.breached")
    assert mail_of(cast.zhang_wei, "sla_breached").not_before == MONDAY_NINE
    bell = cast.zhang_wei.notifications.get(kind="sla_breached")
    assert bell.created_at == NIGHT


def test_mail_in_working_hours_goes_at_once(cast, held):
    tell(held, "sla.breached", at=MONDAY_NINE + timedelta(minutes=5))
    assert mail_of(cast.zhang_wei, "sla_breached").not_before == MONDAY_NINE + timedelta(minutes=5)


def test_call_to_the_person_on_call_never_waits(cast, held):
    tell(held, "sla.escalated", told=[cast.zhang_wei.pk], action="tell_on_call", acknowledge_by=None)
    assert mail_of(cast.zhang_wei, "on_call").not_before == NIGHT


def test_escalation_that_only_informs_waits_like_other_news_of_deadlines(cast, held):
    tell(held, "sla.escalated", told=[cast.zhang_wei.pk], action="tell_lead", acknowledge_by=None)
    assert mail_of(cast.zhang_wei, "sla_escalated").not_before == MONDAY_NINE


def test_whoever_chose_no_hours_hears_at_once(cast, held):
    keep_hours(cast.zhang_wei, None)
    tell(held, "sla.breached")
    assert mail_of(cast.zhang_wei, "sla_breached").not_before == NIGHT


def test_calendar_that_never_opens_holds_nothing_back():
    never = BusinessCalendar.of("Asia/Shanghai", {}, {})
    assert telling.next_opening(never, NIGHT) == NIGHT


def test_hours_are_chosen_on_the_page_of_choices(cast, held, client):
    client.force_login(cast.chen_hao)
    office = Calendar.objects.get(slug="office")
    client.post("/notifications/choices/", {"calendar": office.pk})
    assert cast.chen_hao.mail_hours.calendar == office
    assert "selected" in client.get("/notifications/choices/").content.decode()
    client.post("/notifications/choices/", {"calendar": "99999999999999"})
    assert not MailHours.objects.filter(user=cast.chen_hao).exists()
