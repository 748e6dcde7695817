"""A changed calendar or agreement carried to open clocks, in batches, and rehearsed before it is saved."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock as wall
from core.business_time import epoch_seconds
from core.errors import NotAllowed
from incidents import services as incidents
from sla import services
from sla.models import Agreement, AgreementVersion, Calendar, Clock, Firing, Recalculation, Ruling, Segment
from sla.selectors.engines import engine_of
from sla.services import calendars, keeping, recalculating, rehearsing
from sla.services.rebuilding import replayed
from tests.monday import MONDAY, at
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
OFFICE_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]


@pytest.fixture
def office(db):
    with at():
        services.install_defaults()
    return Calendar.objects.get(slug="office")


@pytest.fixture
def running(cast, office):
    """Three incidents reported Monday 09:00 as P3: answer within 2 h, solution within three office days."""
    with at():
        return [
            incidents.report_incident(actor=cast.li_na, title=f"ERP 慢 {n}", service=cast.erp, impact=2, urgency=2)
            for n in range(3)
        ]


def content(office, **changes):
    current = office.current()
    kept = ("zone", "weekly", "exceptions", "labels", "valid_through")
    return {name: getattr(current, name) for name in kept} | changes


def close_on(office, *days, mode="retroactive"):
    """Publish the calendar with holidays on these days."""
    exceptions = content(office)["exceptions"] | {day: [] for day in days}
    return services.publish_calendar(office, **content(office, exceptions=exceptions), mode=mode)


def work_off(**options):
    batches = 0
    while recalculating.recalculate(**options):
        batches += 1
    return batches


def of(metric):
    return Clock.objects.filter(metric=metric).order_by("pk")


def assert_ledger_tells_the_same(until):
    """What was told again and what the row holds are the same; both looked at from one instant."""
    for clock in Clock.objects.all():
        kept = engine_of(clock).advance(keeping.state_of(clock), epoch_seconds(until))[0]
        assert replayed(clock, until=epoch_seconds(until))[0].as_dict() == kept.as_dict()


def test_open_clocks_follow_a_new_version_and_the_ledger_tells_the_same(running, office):
    with at(hours=1):
        close_on(office, "2026-11-17")
        work_off()
    assert {clock.due_at for clock in of("resolution")} == {datetime(2026, 11, 19, 10, 0, tzinfo=UTC)}
    assert {clock.calendar_version.number for clock in Clock.objects.all()} == {2}
    assert set(Ruling.objects.filter(reason="calendar").values_list("mode", flat=True)) == {"retroactive"}
    job = Recalculation.objects.get()
    assert (job.state, job.seen, job.moved) == ("done", 6, 3)
    with at(hours=30):
        while services.sweep():
            pass
        assert_ledger_tells_the_same(MONDAY + timedelta(hours=30))


def test_pauses_are_kept_and_the_old_account_is_superseded(cast, running, office):
    with at():
        tickets.take_transition(running[0], "claim", actor=cast.zhang_wei, values={"team": cast.desk})
        tickets.take_transition(running[0], "start", actor=cast.zhang_wei)
    with at(hours=2):
        tickets.take_transition(running[0], "hold", actor=cast.zhang_wei, values={"pending_reason": "vendor"})
    with at(hours=6):
        exceptions = content(office)["exceptions"] | {"2026-11-16": [["10:00", "18:00"]]}
        services.publish_calendar(office, **content(office, exceptions=exceptions))
        work_off()
    clock = of("resolution").get(ticket=running[0].pk)
    assert (clock.stage, clock.base_elapsed, clock.due_at) == ("paused", 3600, None)
    counted = Segment.objects.filter(clock=clock, stage="running")
    assert sorted(counted.values_list("is_superseded", "seconds")) == [(False, 3600), (True, 7200)]
    assert_ledger_tells_the_same(MONDAY + timedelta(hours=6))


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        ("retroactive", datetime(2026, 11, 18, 11, 0, tzinfo=UTC)),  # Monday began at 10:00 after all
        ("carry", datetime(2026, 11, 18, 10, 0, tzinfo=UTC)),  # what was counted from 09:00 stays
        ("restart", datetime(2026, 11, 19, 2, 0, tzinfo=UTC)),  # all three days again from 11:00 on
    ],
)
def test_mode_says_how_the_time_before_is_judged(running, office, mode, due):
    late = {
        "2026-11-16": [["10:00", "12:00"], ["13:30", "18:00"]],
        "2026-11-18": [["09:00", "12:00"], ["13:30", "19:00"]],
    }
    with at(hours=2):
        services.publish_calendar(office, **content(office, exceptions=content(office)["exceptions"] | late), mode=mode)
        work_off()
        assert_ledger_tells_the_same(MONDAY + timedelta(hours=2))
    assert {clock.due_at for clock in of("resolution")} == {due}


def test_breach_that_the_new_calendar_undoes_is_no_breach_and_fires_again_later(running, office):
    with at(hours=2, minutes=10):
        services.sweep()
    assert all(clock.is_breached for clock in of("response"))
    with at(hours=3):
        close_on(office, "2026-11-16")
        work_off()
        assert {(clock.is_breached, clock.due_at) for clock in of("response")} == {
            (False, datetime(2026, 11, 17, 3, 0, tzinfo=UTC))
        }
        assert not Ticket.objects.filter(is_breached=True).exists()
        assert Recalculation.objects.get().breaches_withdrawn == 3
    with at(hours=27):
        services.sweep()
        assert_ledger_tells_the_same(MONDAY + timedelta(hours=27))
    assert Firing.objects.filter(clock__metric="response", pct=100).count() == 6
    assert all(clock.is_breached for clock in of("response"))


def test_batches_go_on_from_the_cursor_after_a_worker_died(running, office, monkeypatch):
    with at(hours=1):
        close_on(office, "2026-11-17")
        assert recalculating.recalculate(limit=2)
        with monkeypatch.context() as patch:
            patch.setattr(recalculating, "_note_progress", None)  # dies with everything written, before its commit
            with pytest.raises(TypeError):
                recalculating.recalculate(limit=2)
        job = Recalculation.objects.get()
        assert (job.seen, job.cursor) == (2, Clock.objects.order_by("pk")[1].pk)
        assert work_off(limit=2) == 3
    assert Ruling.objects.filter(reason="calendar").count() == 6
    assert Recalculation.objects.get().seen == 6


def test_two_edits_in_a_row_leave_no_clock_on_the_middle_version(running, office):
    with at(hours=1):
        close_on(office, "2026-11-17")
        recalculating.recalculate(limit=2)
        close_on(office, "2026-11-18", mode="carry")
        work_off()
    assert {clock.calendar_version.number for clock in Clock.objects.all()} == {3}
    assert list(Recalculation.objects.order_by("pk").values_list("state", flat=True)) == ["taken_over", "done"]
    middle = Ruling.objects.filter(reason="calendar").values_list("clock").distinct().count()
    assert (middle, Ruling.objects.filter(reason="calendar").count()) == (6, 8)


def test_deadlines_beyond_the_known_holidays_are_computed_anew_when_the_year_is_loaded(cast, office):
    with wall.travel(datetime(2026, 12, 31, 1, 0, tzinfo=UTC)):
        incidents.report_incident(actor=cast.li_na, title="x", service=cast.erp, impact=2, urgency=2)
        assert office.current().valid_through.isoformat() == "2026-12-31"
        provisional = of("resolution").get().due_at
        assert provisional.date().isoformat() == "2027-01-04"
        year = {"2027-01-01": [], "2027-01-04": []}
        known = content(
            office, exceptions=content(office)["exceptions"] | year, valid_through=datetime(2027, 12, 31).date()
        )
        services.publish_calendar(office, **known)
        work_off()
    assert of("resolution").get().due_at == provisional + timedelta(days=2)


def test_stopped_clocks_are_left_as_they_were_judged(cast, running, office):
    with at(hours=1):
        tickets.comment(running[0], actor=cast.zhang_wei, body="正在看")
        close_on(office, "2026-11-16")
        work_off()
    answered = of("response").get(ticket=running[0].pk)
    assert (answered.outcome, answered.calendar_version.number) == ("met", 1)


def test_stopped_clock_takes_up_the_new_calendar_when_its_ticket_is_reopened(cast, running, office):
    solved = {"resolution_code": "fixed", "resolution_notes": "ok"}
    with at(hours=1):
        tickets.take_transition(running[0], "resolve", actor=cast.zhang_wei, values=solved)
        close_on(office, "2026-11-17")
        work_off()
    assert of("resolution").get(ticket=running[0].pk).calendar_version.number == 1
    with at(hours=2):
        tickets.take_transition(running[0], "reopen", actor=cast.li_na, values={"reason": "again"})
    reopened = of("resolution").get(ticket=running[0].pk)
    assert (reopened.stage, reopened.calendar_version.number) == ("running", 2)
    assert reopened.due_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # an hour stood still, Tuesday is closed
    assert_ledger_tells_the_same(MONDAY + timedelta(hours=2))


def test_batch_takes_as_many_statements_for_three_tickets_as_for_one(running, office):
    counts = []
    with at(hours=1):
        for day, limit in (("2026-11-17", 6), ("2026-11-18", 2)):
            close_on(office, day)
            with CaptureQueriesContext(connection) as queries:
                recalculating.recalculate(limit=limit)
            counts.append(len(queries))
    assert counts == [23, 23]


def test_rehearsal_tells_exactly_what_the_recalculation_then_does(running, office):
    with at(hours=2, minutes=10):
        services.sweep()
        exceptions = content(office)["exceptions"] | {"2026-11-16": []}
        compiled = calendars.compiled_from("Asia/Shanghai", office.current().weekly, exceptions)
        told = rehearsing.rehearse(office, compiled, "retroactive")
        assert (told.open_clocks, told.examined, len(told.moved)) == (6, 6, 6)
        assert (told.gained, told.withdrawn) == (0, 3)
        assert Ruling.objects.filter(reason="calendar").count() == 0
        close_on(office, "2026-11-16")
        work_off()
    assert {move.clock.pk: move.due_after for move in told.moved} == dict(Clock.objects.values_list("pk", "due_at"))


def test_agreement_put_in_force_is_carried_to_running_tickets_on_demand(running, office):
    with at(hours=1):
        standard = Agreement.objects.get(slug="standard")
        old = standard.versions.get()
        new = AgreementVersion.objects.create(agreement=standard, number=2)
        for target in old.targets.filter(metric="resolution"):
            target.pk, target.version, target.seconds, target._state.adding = None, new, 3600, True
            target.save()
        services.put_in_force(new)
        recalculating.start_recalculation(agreement=standard)
        work_off()
        assert_ledger_tells_the_same(MONDAY + timedelta(hours=1))
    assert {clock.due_at for clock in of("resolution")} == {MONDAY + timedelta(hours=1)}
    assert {(clock.outcome, clock.is_withdrawn) for clock in of("response")} == {("cancelled", True)}


def test_only_managers_change_calendars(cast, office):
    with pytest.raises(NotAllowed):
        services.publish_calendar(office, **content(office), actor=cast.zhang_wei)
