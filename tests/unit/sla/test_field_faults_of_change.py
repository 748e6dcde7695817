"""Faults that engines of others have had with agreements, calendars and history (F23 …): none must happen here."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock as wall
from core import time_zones
from core.errors import InvalidInput
from events.models import Delivery
from incidents.models import Incident
from sla import selectors, services
from sla.models import Agreement, AgreementVersion, Calendar, Clock, Correction, Firing, Ruling, Segment, Target
from sla.selectors import lateness, zone_rules
from sla.services import calendars, importing, recalculating
from tests.copies import copy_ticket
from tests.unit.sla.test_field_faults import (
    MONDAY,
    agreed,
    always,
    assert_audited,
    at,
    clock_of,
    report,
    running,
    sweep_all,
)
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
__all__ = ["agreed", "always", "running"]


def test_f23_agreement_taken_out_of_force_leaves_no_threshold_pending(cast, always):
    with at():
        ticket = report(cast)
        AgreementVersion.objects.filter(pk=always.pk).update(state="terminated")
        while services.withdraw_clocks():
            pass
    with at(hours=100):
        sweep_all()
        assert lateness.oldest_due_seconds() == 0
        assert_audited()
    assert not Firing.objects.exists()
    assert set(Clock.objects.values_list("is_withdrawn", "outcome", "next_at")) == {(True, "cancelled", None)}
    assert (Ticket.objects.get(pk=ticket.pk).due_at, Ticket.objects.filter(is_breached=True).count()) == (None, 0)


def test_f24_import_that_finds_nothing_leaves_the_calendar_that_counts_in_force(agreed, running):
    """Elsewhere an importer's empty answer became the calendar, and no deadline came any more."""
    office = Calendar.objects.get(slug="office")
    with at(), pytest.raises(InvalidInput) as refused:
        services.publish_calendar(office, zone="Asia/Shanghai", weekly={}, exceptions={})
    assert list(refused.value.fields) == ["is_confirmed"]
    assert office.versions.count() == 1
    found = importing.official_days("CN", [2031], [["09:00", "18:00"]])
    assert (found.exceptions, found.known_through) == ({}, None)
    with pytest.raises(InvalidInput):
        importing.days_from_ics(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", [2027], [])
    assert clock_of(running, "resolution").due_at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def test_f25_deadline_beyond_the_known_holidays_says_that_it_may_still_move(cast, agreed):
    with wall.travel(datetime(2026, 12, 31, 1, 0, tzinfo=UTC)):
        ticket = report(cast)
        said = {chip.metric: chip.is_provisional for chip in selectors.chips_for([ticket])[ticket.pk]}
    assert said == {"response": False, "resolution": True}


def test_f27_answer_that_arrives_late_is_judged_by_its_own_instant_and_nothing_is_deleted(cast, running):
    """Received at 09:50, processed at 10:10, after half of the time had fired at 10:00."""
    with at(hours=1, minutes=1):
        sweep_all()
    with at(hours=1, minutes=10):
        tickets.comment(running, actor=cast.zhang_wei, body="已回复", at=MONDAY + timedelta(minutes=50))
        assert_audited()
    clock = clock_of(running, "response")
    assert (clock.outcome, clock.base_elapsed) == ("met", 50 * 60)
    assert list(Firing.objects.filter(clock=clock).values_list("pct", "is_withdrawn")) == [(50, True)]
    kept = Correction.objects.get()
    assert (kept.clock, kept.before["outcome"], kept.after["outcome"]) == (clock, "", "met")
    assert kept.after["revoked"] == [[50, 0]]
    with at(hours=9):
        sweep_all()
    assert Firing.objects.filter(clock=clock).count() == 1


def test_f28_tickets_closed_in_bulk_fire_nothing_later_and_leave_nothing_to_poll(cast, running):
    """Each in its own transaction, as a bulk job of the desk does it."""
    keys = copy_ticket(running, 200)
    with at(hours=1):
        for ticket in Incident.objects.filter(pk__in=keys):
            tickets.take_transition(ticket, "cancel", actor=cast.zhang_wei, values={"reason": "演习"})
    assert Clock.objects.filter(ticket__in=keys, next_at=None, outcome="cancelled").count() == 400
    with at(hours=900):
        sweep_all()
        assert_audited()
    assert not Firing.objects.filter(clock__ticket__in=keys).exists()


def test_f29_days_off_lengthen_the_wait_and_never_shorten_it(cast, agreed):
    """Five office days from the Monday before National Day week: seven days off and a make-up Saturday lie between."""
    low = {"impact": 3, "urgency": 3}  # P4: five office days
    with wall.travel(datetime(2026, 11, 16, 1, 0, tzinfo=UTC)):
        plain = report(cast, **low)
    with wall.travel(datetime(2026, 9, 28, 1, 0, tzinfo=UTC)):
        festive = report(cast, **low)
    assert clock_of(plain, "resolution").due_at == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert clock_of(festive, "resolution").due_at == datetime(2026, 10, 9, 10, 0, tzinfo=UTC)


def test_f30_history_is_judged_by_its_own_instants_and_tells_nobody(cast, agreed, deliver):
    with wall.travel(datetime(2025, 3, 3, 1, 0, tzinfo=UTC)):  # a Monday
        old = report(cast)
    with wall.travel(datetime(2025, 3, 7, 1, 0, tzinfo=UTC)):
        tickets.take_transition(
            old, "resolve", actor=cast.zhang_wei, values={"resolution_code": "fixed", "resolution_notes": "ok"}
        )
        deliver()
        assert_audited()
    clock = clock_of(old, "resolution")
    assert (clock.outcome, clock.base_elapsed) == ("breached", 4 * 7.5 * 3600)
    assert Firing.objects.filter(clock=clock, pct=100).get().due_at == datetime(2025, 3, 5, 10, 0, tzinfo=UTC)
    assert not Delivery.objects.filter(state="dead").exists()
    assert not cast.zhang_wei.mails.exists() and not cast.zhang_wei.notifications.exists()
    assert not cast.li_na.mails.exists() and not cast.li_na.notifications.exists()


def test_f32_each_metric_has_its_own_clock_and_the_ticket_shows_the_next_deadline(cast, always):
    with at():
        ticket = report(cast)
    assert ticket.due_at == MONDAY + timedelta(minutes=50)
    with at(minutes=30):
        tickets.comment(ticket, actor=cast.zhang_wei, body="正在看")  # answers, and begins the wait for the next update
        ticket.refresh_from_db()
        assert ticket.due_at == MONDAY + timedelta(minutes=90)
        chips = selectors.chips_for([ticket])[ticket.pk]
    shown = {chip.metric: (chip.state, chip.due_at) for chip in chips}
    assert shown == {
        "response": ("met", MONDAY + timedelta(minutes=50)),
        "next_update": ("running", MONDAY + timedelta(minutes=90)),
        "resolution": ("running", MONDAY + timedelta(minutes=240)),
    }
    with at(minutes=91):
        sweep_all()
        assert_audited()
    assert list(Firing.objects.filter(pct=100).values_list("clock__metric", flat=True)) == ["next_update"]
    ticket.refresh_from_db()
    assert (ticket.due_at, ticket.is_breached) == (MONDAY + timedelta(minutes=240), True)


def test_f35_customer_moved_to_gold_is_judged_by_gold_from_the_next_change_on(cast, running):
    standard = AgreementVersion.objects.get(agreement__slug="standard")
    with at(hours=1):
        gold = Agreement.objects.create(slug="gold", name_en="Gold", rank=1, customer=cast.xinghe)
        version = AgreementVersion.objects.create(agreement=gold, number=1)
        for target in standard.targets.all():
            target.pk, target.version, target._state.adding = None, version, True
            target.seconds //= 2
            target.save()
        services.put_in_force(version)
    assert clock_of(running, "response").agreement == standard
    with at(hours=1, minutes=1):
        tickets.take_transition(running, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
        sweep_all()
        assert_audited()
    clock = clock_of(running, "response")
    assert (clock.agreement, clock.revision, clock.target_seconds) == (version, 1, 3600)
    assert (clock.is_breached, clock.due_at) == (True, MONDAY + timedelta(hours=1))
    rulings = Ruling.objects.filter(clock=clock).values_list("reason", "agreement")
    assert list(rulings) == [("started", standard.pk), ("agreement", version.pk)]
    assert Ruling.objects.filter(clock=clock).last().at == MONDAY + timedelta(hours=1, minutes=1)


def test_f26_moved_zone_rules_move_running_deadlines_and_leave_what_was_counted(cast, monkeypatch):
    """Berlin's winter as the old rules had it: a country that gives up summer time, seen from the day after."""
    with wall.travel(datetime(2026, 3, 23, 6, 0, tzinfo=UTC)):
        berlin = Calendar.objects.create(slug="berlin", name_en="Berlin")
        old_rules(monkeypatch)
        services.publish_calendar(
            berlin, zone="Europe/Berlin", weekly={str(day): [["09:00", "17:00"]] for day in range(1, 6)}
        )
        agreement = Agreement.objects.create(slug="b", name_en="B", rank=1)
        version = AgreementVersion.objects.create(agreement=agreement, number=1)
        Target.objects.create(version=version, metric="resolution", priority=3, seconds=8 * 3600 * 6, calendar=berlin)
        services.put_in_force(version)
        running, done = report(cast), report(cast)
    with wall.travel(datetime(2026, 3, 24, 16, 0, tzinfo=UTC)):
        tickets.take_transition(
            done, "resolve", actor=cast.zhang_wei, values={"resolution_code": "fixed", "resolution_notes": "ok"}
        )
        # Monday to Friday, and the Monday after: until 17:00 of winter time
        assert clock_of(running, "resolution").due_at == datetime(2026, 3, 30, 16, 0, tzinfo=UTC)
        past = list(Segment.objects.values_list("pk", "seconds", "is_superseded", "calendar_version"))
        monkeypatch.undo()
        assert zone_rules.differences(berlin.current())
        assert calendars.follow_zone_rules(berlin, mode="carry", actor=None).number == 2
        while recalculating.recalculate():
            pass
        assert clock_of(running, "resolution").due_at == datetime(2026, 3, 30, 15, 0, tzinfo=UTC)
        assert past == list(
            Segment.objects.filter(pk__in=[row[0] for row in past]).values_list(
                "pk", "seconds", "is_superseded", "calendar_version"
            )
        )
        assert clock_of(done, "resolution").calendar_version.number == 1
        assert_audited()


def old_rules(monkeypatch):
    """A time zone database in which Berlin keeps winter time for good."""
    monkeypatch.setattr(time_zones, "offsets_of", lambda zone, low, high: [[low, high, 3600]])
