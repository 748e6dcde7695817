"""Faults that engines of others have had under many workers (their numbers: F05 …): each must not happen here."""

import itertools
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError

from core import clock as wall
from core.business_time import BusinessCalendar
from events import services as events
from events.models import Delivery, Event
from events.services import delivering
from events.subscribing import Subscription, handlers_for
from incidents import services as incidents
from incidents.models import Incident
from sla import services as sla
from sla.models import Agreement, AgreementVersion, Clock, EscalationStep, Firing
from sla.services import auditing, keeping, policies
from tests.copies import copy_ticket
from tests.races.together import together
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
Action = EscalationStep.Action


def at(hours=0, minutes=0, seconds=0):
    return wall.travel(MONDAY + timedelta(hours=hours, minutes=minutes, seconds=seconds))


@pytest.fixture
def agreed(cast):
    with at():
        sla.install_defaults()
    return cast


def report(cast, **fields):
    """P3: an answer within 2 h, a solution within three office days."""
    given = {"title": "慢", "service": cast.erp, "impact": 2, "urgency": 2, **fields}
    with at():
        return incidents.report_incident(actor=cast.li_na, **given)


def sweep_all(_n=None):
    moved = 0
    while found := sla.sweep():
        moved += found
    return moved


def assert_audited(**when):
    with at(**when):
        assert auditing.compare(Clock.objects.all()) == []


def test_f07_eight_workers_fire_two_thousand_due_clocks_once_each(agreed):
    copy_ticket(report(agreed), 1999)

    def work(_n):
        with at(hours=1, seconds=5):
            return sweep_all()

    moved = together(8, work)
    assert sum(moved) == 2000
    fired = Firing.objects.values_list("clock", "pct")
    assert (len(fired), len(set(fired))) == (2000, 2000)
    told = Event.objects.filter(name="sla.threshold_crossed").values_list("data__firing", flat=True)
    assert (len(told), len(set(told))) == (2000, 2000)
    assert Delivery.objects.filter(event__name="sla.threshold_crossed").exists()


def test_f08_worker_whose_lease_ran_out_finds_its_claim_fenced_off(agreed, monkeypatch):
    """The first claimed and fell asleep, the second did the work; the first wakes up and does nothing."""
    while events.deliver_due():  # what the agreement's own story owes
        pass
    done = []
    monkeypatch.setattr("itsm.subscriptions.SUBSCRIPTIONS", [Subscription(("thing.*",), later=(note,))])
    monkeypatch.setattr(f"{__name__}.DONE", done)
    handlers_for.cache_clear()
    with transaction.atomic():
        event = events.publish("thing.happened", subject=agreed.li_na, actor=None)
    ((pk, attempt),) = delivering._claim(1)
    Delivery.objects.filter(pk=pk).update(not_before=wall.now())  # half a minute later
    assert events.deliver_due() == 1
    delivering._run(pk, attempt)
    handlers_for.cache_clear()
    assert done == [event.pk]
    delivery = Delivery.objects.get(event=event)
    assert (delivery.state, delivery.attempts) == ("done", 2)


DONE = []


def note(event):
    DONE.append(event.pk)


def test_f08_sweep_that_stalls_longer_than_any_lease_still_fires_once(agreed, monkeypatch):
    """No lease guards a sweep but the row locks of its transaction, which cannot run out under it."""
    report(agreed)
    reached, may_go = threading.Event(), threading.Event()
    record = keeping.record

    def stalled(moves, **how):
        if threading.current_thread().name == "slow":
            reached.set()
            assert may_go.wait(timeout=30)
        return record(moves, **how)

    monkeypatch.setattr("sla.services.keeping.record", stalled)

    def slow():
        with at(hours=1, seconds=5):
            sla.sweep()
        connection.close()

    sleeper = threading.Thread(target=slow, name="slow")
    sleeper.start()
    assert reached.wait(timeout=30)
    with at(hours=1, seconds=6):
        assert sla.sweep() == 0
    may_go.set()
    sleeper.join(timeout=30)
    with at(hours=1, seconds=7):
        assert sla.sweep() == 0
    assert Firing.objects.values_list("pct", "lateness").get() == (50, 5)


def test_f09_reactions_that_write_the_ticket_run_beside_sweeps_and_agents_without_deadlock(agreed, monkeypatch):
    monkeypatch.setattr("events.models.NEWS_FOR", timedelta(days=3650))
    with_policy(
        agreed,
        *({"metric": "", "pct": pct, "offset_minutes": 0, "action": Action.RAISE_PRIORITY} for pct in (50, 75, 90)),
        {"metric": "", "pct": 75, "offset_minutes": 0, "action": Action.MOVE_UP},
    )
    keys = copy_ticket(report(agreed, impact=3, urgency=3), 11)
    ends = time.monotonic() + 5
    minutes = itertools.count(60, 20)

    def work(n):
        while time.monotonic() < ends:
            with at(minutes=next(minutes)):
                if n < 3:
                    sweep_all()
                elif n < 6:
                    events.deliver_due()
                else:
                    ticket = Incident.objects.get(pk=keys[next(minutes) % len(keys)])
                    tickets.edit(ticket, actor=agreed.zhang_wei, changes={"title": f"{n} {time.monotonic()}"})

    outcomes = together(8, work)
    assert [o for o in outcomes if isinstance(o, OperationalError)] == []
    assert [o for o in outcomes if o is not None] == []
    with at(hours=900):
        while sweep_all() or events.deliver_due():
            pass
    assert not Delivery.objects.exclude(state="done").exists()
    assert set(Ticket.objects.values_list("priority", flat=True)) == {1}
    assert_audited(hours=901)


def test_f09_change_of_a_ticket_that_an_escalation_holds_waits_without_holding_anything(agreed):
    """Ticket first, then its kind, everywhere: who waits for the one must not hold the other already."""
    ticket = report(agreed)

    def change():
        tickets.edit(ticket, actor=agreed.zhang_wei, changes={"title": "x"})
        connection.close()

    waiting = threading.Thread(target=change)
    with transaction.atomic():
        Ticket.objects.select_for_update().get(pk=ticket.pk)
        waiting.start()
        limit = time.monotonic() + 20
        while not blocks_somebody() and time.monotonic() < limit:
            time.sleep(0.02)
        tickets.take_transition(ticket, "claim", actor=agreed.zhang_wei, values={"team": agreed.desk})
    waiting.join(timeout=30)
    assert Event.objects.filter(name="ticket.edited", subject_id=ticket.pk).exists()


def blocks_somebody():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


def with_policy(cast, *steps):
    with at():
        default = AgreementVersion.objects.get(agreement__slug="standard")
        policy = policies.save_policy(None, actor=cast.admin, slug="p", name_en="Policy", steps=list(steps))
        agreement = Agreement.objects.create(slug="xinghe", name_en="Xinghe", rank=1)
        version = AgreementVersion.objects.create(agreement=agreement, number=1, policy=policy)
        for target in default.targets.all():
            target.pk, target.version, target._state.adding = None, version, True
            target.save()
        sla.put_in_force(version)


def test_f14_pause_racing_the_sweep_ends_as_the_order_of_instants_says(agreed):
    """Whoever wins the lock: a pause in the second before the deadline prevents it, one at the deadline does not."""
    template = report(agreed, impact=1, urgency=1)  # P1: solved within 4 hours around the clock
    due = MONDAY + timedelta(hours=4)
    with at():
        tickets.take_transition(template, "claim", actor=agreed.zhang_wei, values={"team": agreed.desk})
        tickets.take_transition(template, "start", actor=agreed.zhang_wei)
        tickets.comment(template, actor=agreed.zhang_wei, body="正在看")
    with at(hours=3, minutes=50):
        sweep_all()
    template.refresh_from_db()
    early = copy_ticket(template, 300)
    # the copies' account of firings starts with the next one
    Clock.objects.filter(ticket=template.pk).update(next_at=None)
    raced, ends = [], time.monotonic() + 15
    for n, pk in enumerate(early):
        if time.monotonic() > ends and n >= 200:
            break
        is_in_time = n % 2 == 0
        held_at = due - timedelta(seconds=1) if is_in_time else due

        def act(thread, pk=pk, held_at=held_at, n=n):
            if thread == n // 2 % 2:
                with wall.travel(held_at):
                    values = {"pending_reason": "vendor"}
                    return tickets.take_transition(
                        Incident.objects.get(pk=pk), "hold", actor=agreed.zhang_wei, values=values
                    )
            with wall.travel(due + timedelta(seconds=1)):
                return sla.sweep()

        outcomes = together(2, act)
        assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
        raced.append((pk, is_in_time))
    assert len(raced) >= 200
    with wall.travel(due + timedelta(minutes=1)):
        sweep_all()
    clocks = {clock.ticket_id: clock for clock in Clock.objects.filter(metric="resolution")}
    breaches = set(Firing.objects.filter(pct=100, is_withdrawn=False).values_list("clock__ticket", flat=True))
    for pk, is_in_time in raced:
        clock = clocks[pk]
        assert (clock.stage, clock.base_elapsed) == ("paused", 4 * 3600 - is_in_time)
        assert (pk in breaches, clock.is_breached) == (not is_in_time, not is_in_time)
    with wall.travel(due + timedelta(minutes=2)):
        mine = Clock.objects.filter(ticket__in=[pk for pk, _ in raced])
        assert [d for d in auditing.compare(mine) if d.field != "firings"] == []


def test_f34_two_threads_count_in_two_zones_and_the_process_keeps_its_own():
    """One library sets the zone of the whole process to count in it: two at once count wrongly."""
    zones, before = ("Asia/Shanghai", "America/New_York"), (os.environ.get("TZ"), time.tzname)
    weekly = {day: [("09:00", "17:00")] for day in range(1, 6)}
    start = datetime(2026, 3, 2, tzinfo=UTC)

    def count(n):
        found = []
        for day in range(0, 200, 9):
            calendar = BusinessCalendar.of(zones[n % 2], weekly, {f"2026-05-{1 + day % 28:02}": []})
            moment = start + timedelta(days=day)
            found.append(calendar.elapsed(moment, moment + timedelta(days=3)))
            opening = calendar.add(moment, 1).astimezone(ZoneInfo(zones[n % 2]))
            assert (opening.hour, opening.minute, opening.second) >= (9, 0, 1)
        return found

    alone = [count(0), count(1)]
    assert together(6, count) == [alone[n % 2] for n in range(6)]
    assert (os.environ.get("TZ"), time.tzname) == before
