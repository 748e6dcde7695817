"""When people are asked, and when they are left in peace."""

from datetime import timedelta

import pytest

from core import clock
from events.models import Event
from incidents import services as incidents
from notifications.models import Mail
from surveys import services
from surveys.models import Survey
from surveys.rules import is_sampled
from tickets import services as tickets

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the licence server"}


def close(cast, incident):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    return tickets.take_transition(incident, "close", actor=cast.li_na)


def test_closing_asks_once_by_mail_in_the_recipients_language(cast, incident, deliver):
    close(cast, incident)
    deliver()
    assert services.send_due() == 1
    assert services.send_due() == 0
    deliver()
    mail = Mail.objects.get(kind="survey")
    assert mail.user == cast.li_na and mail.language == "zh-hans"
    assert Event.objects.filter(name="survey.sent").count() == 1


def test_planning_again_after_sending_asks_nobody_twice(cast, incident, deliver):
    close(cast, incident)
    deliver()
    services.send_due()
    services.plan(Event.objects.get(name="incident.closed"))
    assert services.send_due() == 0


def test_person_asked_a_short_time_ago_is_left_in_peace(cast, incident, deliver, settings):
    settings.SURVEY_REST_DAYS = 7
    other = incidents.report_incident(actor=cast.li_na, title="Mail is slow", service=cast.email)
    close(cast, incident)
    close(cast, other)
    deliver()
    assert services.send_due() == 1
    assert Survey.objects.filter(skipped="resting").count() == 1


def test_ticket_outside_the_sample_is_not_asked_about(cast, incident, deliver, settings):
    settings.SURVEY_SAMPLE_PERCENT = 0
    close(cast, incident)
    deliver()
    assert services.send_due() == 0
    assert Survey.objects.get().skipped == "sampling"


@pytest.mark.parametrize("percent", [0, 10, 50, 100])
def test_sample_is_about_as_large_as_asked_for(percent):
    share = sum(is_sampled(pk, percent) for pk in range(1, 10_001)) / 100
    assert abs(share - percent) <= 1


def test_nobody_is_asked_after_they_answered_from_the_resolved_mail(cast, incident, deliver):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    incident.refresh_from_db()
    services.rate(incident, actor=cast.li_na, score=5)
    tickets.take_transition(incident, "close", actor=cast.li_na)
    deliver()
    assert services.send_due() == 0


def test_link_lasts_fourteen_days_from_sending(cast, incident, deliver):
    close(cast, incident)
    deliver()
    later = clock.recorded_now() + timedelta(days=2)
    with clock.travel(later):
        services.send_due()
    assert Survey.objects.get().expires_at == later + timedelta(days=14)
