"""Clocks of real tickets in the database: started, paused, fired, stopped, corrected."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from events.models import Event
from incidents import services as incidents
from sla import selectors, services
from sla.models import Calendar, CalendarVersion, Clock, Firing, Segment, Target
from sla.services.rebuilding import replayed
from tests.monday import MONDAY, at, take
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(db):
    with at():
        return services.install_defaults()


@pytest.fixture
def running(cast, agreed):
    """Reported Monday 09:00 as P3: answer within 2 h, solution within 3 office days."""
    with at():
        return incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp, impact=2, urgency=2)


def clock_of(ticket, metric):
    return Clock.objects.get(ticket_id=ticket.pk, metric=metric)


def test_clocks_start_with_the_report_and_the_ticket_shows_the_next_deadline(running):
    response, resolution = clock_of(running, "response"), clock_of(running, "resolution")
    assert response.due_at == MONDAY + timedelta(hours=2)
    assert resolution.due_at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)  # Wednesday 18:00, end of the third day
    running.refresh_from_db()
    assert running.due_at == response.due_at


def test_sweep_writes_a_ticket_only_when_what_it_shows_of_its_deadline_moved(running):
    def writes_of_tickets(**later):
        with at(**later), CaptureQueriesContext(connection) as captured:
            assert services.sweep() == 1
        return [query["sql"] for query in captured.captured_queries if "UPDATE tickets_ticket" in query["sql"]]

    assert not writes_of_tickets(hours=1, seconds=1)
    assert len(writes_of_tickets(hours=2, seconds=1)) == 1
    running.refresh_from_db()
    assert running.is_breached


def test_default_calendar_knows_the_holidays_of_an_imported_past(agreed):
    """National Day of 2016 with its make-up Saturday: a log of that year is not judged as if people had worked."""
    office = Calendar.objects.get(slug="office").current().compiled()

    def seconds_of(day):
        return office.elapsed(datetime(2016, 10, day, tzinfo=UTC), datetime(2016, 10, day, 12, tzinfo=UTC))

    assert [seconds_of(day) / 3600 for day in (3, 7, 8, 9, 10)] == [0, 0, 7.5, 7.5, 7.5]


def test_no_agreement_is_legitimate_and_visible(cast):
    ticket = incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp)
    assert selectors.chips_for([ticket]) == {}


def test_thresholds_fire_once_with_their_nominal_time_and_lateness(running):
    with at(hours=1, minutes=0, seconds=40):
        assert services.sweep() == 1
        assert services.sweep() == 0
    firing = Firing.objects.get()
    assert (firing.pct, firing.due_at, firing.lateness) == (50, MONDAY + timedelta(hours=1), 40)
    event = Event.objects.get(name="sla.threshold_crossed")
    assert (event.data["metric"], event.data["pct"], event.is_public) == ("response", 50, False)


def test_outage_catches_up_and_only_the_highest_notifies(running):
    with at(hours=2, minutes=20):
        services.sweep()
    fired = list(Firing.objects.order_by("pct").values_list("pct", "notify"))
    assert fired == [(50, False), (75, False), (90, False), (100, True)]
    assert Event.objects.filter(name="sla.breached").count() == 1
    running.refresh_from_db()
    assert running.is_breached


def test_stop_in_the_very_second_of_the_deadline_is_met(cast, running):
    with at(hours=2):
        services.sweep()
        tickets.comment(running, actor=cast.zhang_wei, body="正在看")
    assert clock_of(running, "response").outcome == "met"
    with at(hours=5):
        services.sweep()
    assert not Firing.objects.filter(clock__metric="response", pct=100).exists()


def test_answer_one_second_late_is_breached(cast, running):
    with at(hours=2, seconds=1):
        tickets.comment(running, actor=cast.zhang_wei, body="正在看")
    response = clock_of(running, "response")
    assert (response.outcome, response.is_breached) == ("breached", True)


def test_pause_by_an_agreed_reason_stops_the_count_and_another_does_not(cast, running):
    with at():
        take(running, "claim", cast.zhang_wei, team=cast.desk)
        take(running, "start", cast.zhang_wei)
    with at(hours=1):
        take(running, "hold", cast.zhang_wei, pending_reason="vendor")
    paused = clock_of(running, "resolution")
    assert (paused.stage, paused.due_at, paused.next_at, paused.base_elapsed) == ("paused", None, None, 3600)
    with at(hours=2):
        take(running, "resume", cast.zhang_wei)
        take(running, "hold", cast.zhang_wei, pending_reason="problem")
    goes_on = clock_of(running, "resolution")
    assert goes_on.stage == "running"
    assert goes_on.due_at == datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # one paused hour: Thursday 10:00


def test_receipt_adds_up_to_the_clock(cast, running):
    with at():
        take(running, "claim", cast.zhang_wei, team=cast.desk)
        take(running, "start", cast.zhang_wei)
    with at(hours=5, minutes=30):  # 14:30 after the lunch break: 4 h counted
        take(running, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")
    receipt = next(r for r in selectors.receipts_of(running) if r.clock.metric == "resolution")
    assert receipt.counted == 4 * 3600 == receipt.clock.base_elapsed
    assert receipt.chip.state == "met"
    assert (receipt.lines[-1].stage, receipt.lines[-1].because) == ("stopped", "resolved it")


def test_raised_priority_is_judged_anew_from_the_start(cast, running):
    with at(hours=1):
        tickets.edit(running, actor=cast.zhang_wei, changes={"impact": 1, "urgency": 1})
    resolution = clock_of(running, "resolution")
    assert (resolution.revision, resolution.target_seconds) == (1, 4 * 3600)
    assert resolution.due_at == MONDAY + timedelta(hours=4)


def test_reopened_ticket_resumes_its_resolution_clock_but_not_its_response(cast, running):
    with at(hours=1):
        take(running, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")
    with at(hours=3):
        take(running, "reopen", cast.li_na, reason="again")
    assert clock_of(running, "resolution").stage == "running"
    assert clock_of(running, "resolution").base_elapsed == 3600
    assert clock_of(running, "response").stage == "stopped"


def test_cancelled_ticket_is_not_breached(cast, running):
    with at(hours=9):
        take(running, "cancel", cast.zhang_wei, reason="误报")
    assert set(Clock.objects.values_list("outcome", flat=True)) == {"cancelled"}
    with at(hours=100):
        assert services.sweep() == 0


def test_answer_dated_before_a_firing_withdraws_it_and_deletes_nothing(cast, running):
    with at(hours=2, minutes=10):
        services.sweep()
        tickets.comment(running, actor=cast.zhang_wei, body="昨天已回复", at=MONDAY + timedelta(minutes=30))
    response = clock_of(running, "response")
    assert (response.outcome, response.is_breached) == ("met", False)
    assert set(Firing.objects.filter(clock=response).values_list("is_withdrawn", flat=True)) == {True}
    assert Firing.objects.filter(clock=response).count() == 4


def test_ledger_tells_the_identical_clock(cast, running):
    with at(minutes=10):
        take(running, "claim", cast.zhang_wei, team=cast.desk)
        take(running, "start", cast.zhang_wei)
    with at(hours=1):
        take(running, "hold", cast.zhang_wei, pending_reason="caller", comment="?")
    with at(hours=7):
        services.sweep()
        tickets.comment(running, actor=cast.li_na, body="!")
    with at(hours=30):
        services.sweep()
        until = int((MONDAY + timedelta(hours=30)).timestamp())
    for clock in Clock.objects.all():
        state, _ = replayed(clock, until=until)
        assert state.as_dict() == clock.memory


def test_published_calendar_and_agreed_target_cannot_be_changed(agreed):
    for query, change in ((CalendarVersion.objects, {"zone": "UTC"}), (Target.objects, {"seconds": 1})):
        with pytest.raises(IntegrityError), transaction.atomic():
            query.update(**change)


def test_make_up_day_works_and_holiday_does_not(agreed):
    office = selectors.office_calendar()
    assert not office.is_open(datetime(2026, 10, 1, 2, 0, tzinfo=UTC))  # National Day
    assert office.is_open(datetime(2026, 10, 10, 2, 0, tzinfo=UTC))  # a Saturday worked instead


def test_segments_of_a_new_judgement_supersede_the_old(cast, running):
    with at(hours=1):
        take(running, "claim", cast.zhang_wei, team=cast.desk)
        take(running, "start", cast.zhang_wei)
        take(running, "hold", cast.zhang_wei, pending_reason="vendor")
    with at(hours=2):
        take(running, "resume", cast.zhang_wei)
    with at(hours=10):
        tickets.edit(running, actor=cast.zhang_wei, changes={"impact": 1, "urgency": 1})
    old = Segment.objects.filter(clock__metric="resolution", is_superseded=True)
    assert old.count() == 1
    assert clock_of(running, "resolution").base_elapsed == sum(
        Segment.objects.filter(clock__metric="resolution", is_superseded=False).values_list("seconds", flat=True)
    )
