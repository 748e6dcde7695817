"""Rules S11 to S16 on real tickets: shares of teams and suppliers, next updates, agreements that come and go, late
facts. After each story the ledger tells exactly what is stored."""

from datetime import timedelta

import pytest

from core import clock as wall
from core.business_time import epoch_seconds
from incidents import services as incidents
from sla import services
from sla.models import Agreement, AgreementVersion, Calendar, Clock, Correction, Firing, Ruling, Segment, Target
from sla.services import auditing
from sla.services.rebuilding import replayed
from tests.monday import HOUR, MONDAY, at, take
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    """The calendars and the standard agreement."""
    with at():
        return services.install_defaults()


@pytest.fixture(autouse=True)
def ledger_agrees():
    """After every story each clock equals what the ledger and its rulings tell, and the auditor finds nothing."""
    yield
    with at(hours=200):
        until = epoch_seconds(wall.recorded_now())
        while services.sweep():
            pass
        for clock in Clock.objects.all():
            assert replayed(clock, until=until)[0].as_dict() == clock.memory, str(clock)
        assert auditing.compare(Clock.objects.all()) == []


def agree(kind, metric, seconds, *, priorities=(1, 2, 3, 4), calendar="always", rank=10, services_=(), **fields):
    """An agreement of one promise in force around the clock; `team_mode` and the like go to the target."""
    parties = {name: fields.pop(name) for name in ("team", "supplier", "customer") if name in fields}
    number = Agreement.objects.count()
    agreement = Agreement.objects.create(slug=f"{kind}-{number}", kind=kind, rank=rank, name_en=kind, **parties)
    version = AgreementVersion.objects.create(agreement=agreement, number=1)
    version.services.set(services_)
    for priority in priorities:
        Target.objects.create(
            version=version, metric=metric, priority=priority, seconds=seconds,
            calendar=Calendar.objects.get(slug=calendar), **fields,
        )  # fmt: skip
    with at(minutes=-1):
        return services.put_in_force(version)


def report(cast, **fields):
    with at():
        values = {"title": "ERP 慢", "service": cast.erp, "impact": 2, "urgency": 2} | fields
        ticket = incidents.report_incident(actor=cast.li_na, **values)
        ticket = take(ticket, "claim", cast.zhang_wei, team=cast.desk)
        return take(ticket, "start", cast.zhang_wei)


def pass_on(cast, ticket):
    """Desk for 1 h, network for 2 h, desk again."""
    with at(hours=1):
        ticket = take(ticket, "escalate", cast.zhang_wei, team=cast.network, note="请看线路")
    with at(hours=3):
        ticket = take(ticket, "claim", cast.chen_hao)
        ticket = take(ticket, "start", cast.chen_hao)
        ticket = take(ticket, "send_back", cast.chen_hao, note="不是网络问题")
    return ticket


def one(**which):
    return Clock.objects.get(**which)


def test_share_of_a_team_adds_up_over_all_its_assignments(cast, house):
    agree("ola", "resolution", 4 * HOUR, team=cast.desk)
    agree("ola", "resolution", 90 * 60, team=cast.network)
    pass_on(cast, report(cast))
    desk, network = one(kind="ola", team=cast.desk), one(kind="ola", team=cast.network)
    assert (desk.stage, desk.base_elapsed, desk.cycle) == ("running", HOUR, 1)
    assert desk.due_at == MONDAY + timedelta(hours=6)  # 3 h left when it came back at 12:00
    assert (network.stage, network.base_elapsed, network.is_breached) == ("paused", 2 * HOUR, True)
    assert Clock.objects.filter(kind="ola").count() == 2
    assert not Ruling.objects.exclude(reason="started").exists()


def test_share_per_assignment_starts_anew_each_time(cast, house):
    agree("ola", "resolution", 2 * HOUR, team=cast.desk, team_mode="per_assignment")
    pass_on(cast, report(cast))
    desk = one(kind="ola")
    assert (desk.cycle, desk.base_elapsed, desk.due_at) == (2, 0, MONDAY + timedelta(hours=5))
    assert Segment.objects.get(clock=desk, cycle=1, stage="running").seconds == HOUR


def test_breach_of_a_share_leaves_the_ticket_s_promise_alone(cast, house):
    agree("ola", "resolution", 600, team=cast.desk)
    ticket = report(cast)
    with at(minutes=30):
        services.sweep()
    ticket.refresh_from_db()
    assert one(kind="ola").is_breached and not ticket.is_breached


def test_supplier_s_clock_runs_only_while_the_ticket_waits_for_the_supplier(cast, house):
    agree("uc", "resolution", 4 * HOUR, supplier=cast.other)
    ticket = report(cast)
    assert not Clock.objects.filter(kind="uc").exists()
    with at(hours=1):
        ticket = take(ticket, "hold", cast.zhang_wei, pending_reason="vendor")
    with at(hours=3):
        ticket = take(ticket, "resume", cast.zhang_wei)
    supplier = one(kind="uc")
    assert (supplier.supplier, supplier.stage, supplier.base_elapsed) == (cast.other, "paused", 2 * HOUR)
    with at(hours=4):
        take(ticket, "hold", cast.zhang_wei, pending_reason="vendor")
    assert one(kind="uc").due_at == MONDAY + timedelta(hours=6)


def test_every_public_answer_opens_the_next_wait_for_an_update(cast, house):
    agree("sla", "next_update", 2 * HOUR, rank=1)
    ticket = report(cast)
    for hours in (1, 2):
        with at(hours=hours):
            tickets.comment(ticket, actor=cast.zhang_wei, body="进展")
    with at(hours=2, minutes=30):
        tickets.comment(ticket, actor=cast.zhang_wei, body="内部", is_internal=True)
        tickets.comment(ticket, actor=cast.li_na, body="?")
    update = one(metric="next_update")
    assert (update.cycle, update.due_at) == (3, MONDAY + timedelta(hours=4))
    with at(hours=5):
        services.sweep()
    assert one(metric="next_update").is_breached
    with at(hours=6):
        tickets.comment(ticket, actor=cast.zhang_wei, body="抱歉")
    update = one(metric="next_update")
    assert (update.cycle, update.is_breached, update.due_at) == (4, False, MONDAY + timedelta(hours=8))
    assert Firing.objects.filter(clock=update, pct=100, is_withdrawn=False).values_list("cycle", flat=True).get() == 3


def test_clock_is_matched_anew_when_the_service_changes_and_the_ruling_says_so(cast, house):
    other = agree("sla", "resolution", HOUR, rank=1, services_=[cast.email])
    ticket = report(cast)
    with at(hours=2):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"service": cast.email})
    clock = one(metric="resolution")
    assert (clock.agreement, clock.target_seconds, clock.revision) == (other, HOUR, 1)
    assert clock.due_at == MONDAY + timedelta(hours=1)
    assert [ruling.reason for ruling in clock.rulings.all()] == ["started", "agreement"]
    assert one(metric="response").is_withdrawn  # the other promises no answer
    with at(hours=3):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"service": cast.erp})
    assert (one(metric="resolution").agreement, one(metric="response").is_withdrawn) == (house, False)


def test_agreement_that_comes_to_apply_later_counts_from_the_report(cast, house):
    AgreementVersion.objects.update(state="terminated")
    agree("sla", "resolution", 6 * HOUR, services_=[cast.email])
    ticket = report(cast)
    assert not Clock.objects.exists()
    with at(hours=2):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"service": cast.email})
    resolution = one(metric="resolution")
    assert (resolution.due_at, resolution.rulings.get().at) == (MONDAY + timedelta(hours=6), MONDAY)


def test_withdrawn_agreement_ends_the_clock_and_its_return_counts_the_time_between(cast, house):
    agree("sla", "resolution", 6 * HOUR, rank=1, services_=[cast.email])
    ticket = report(cast, service=cast.email)
    AgreementVersion.objects.filter(agreement__slug="standard").update(state="terminated")
    with at(hours=1):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"service": cast.erp})
    gone = one(metric="resolution")
    assert (gone.is_withdrawn, gone.stage, gone.due_at and gone.next_at) == (True, "cancelled", None)
    with at(hours=3):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"service": cast.email})
    back = one(metric="resolution")
    assert (back.is_withdrawn, back.stage, back.base_elapsed) == (False, "running", 3 * HOUR)
    assert back.due_at == MONDAY + timedelta(hours=6)


def test_answer_dated_before_a_breach_leaves_a_correction_and_withdraws_the_firing(cast, house):
    ticket = report(cast)
    with at(hours=2, minutes=10):
        services.sweep()
    with at(hours=2, minutes=20):
        tickets.comment(ticket, actor=cast.zhang_wei, body="早已答复", at=MONDAY + timedelta(minutes=30))
    response = one(metric="response")
    correction = Correction.objects.get(clock=response)
    assert (correction.before["is_breached"], correction.after["is_breached"]) == (True, False)
    assert correction.after["outcome"] == "met" and [100, 0] in correction.after["revoked"]
    assert not Firing.objects.filter(clock=response, is_withdrawn=False).exists()


def test_late_answer_moves_later_waits_and_no_threshold_is_told_twice(cast, house):
    agree("sla", "next_update", 2 * HOUR, rank=1)
    ticket = report(cast)
    with at(hours=2):
        tickets.comment(ticket, actor=cast.zhang_wei, body="进展")
    with at(hours=5):
        services.sweep()
    with at(hours=5, minutes=10):
        tickets.comment(ticket, actor=cast.zhang_wei, body="早先的邮件", at=MONDAY + timedelta(hours=1))
    update = one(metric="next_update")
    assert (update.cycle, update.is_breached) == (3, True)
    live = Firing.objects.filter(clock=update, is_withdrawn=False)
    assert live.filter(pct=100).get().due_at == MONDAY + timedelta(hours=4)
    assert update.corrections.count() <= 1


def test_late_fact_after_a_raised_priority_keeps_the_spans_of_the_new_judgement(cast, house):
    ticket = report(cast)
    with at(hours=2):
        ticket = take(ticket, "hold", cast.zhang_wei, pending_reason="vendor")
    with at(hours=3):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"impact": 1, "urgency": 1})
        services.sweep()
    with at(hours=3, minutes=30):
        tickets.comment(ticket, actor=cast.zhang_wei, body="早先的邮件", at=MONDAY + timedelta(hours=1))
    resolution = one(metric="resolution")
    spans = Segment.objects.filter(clock=resolution, is_superseded=False, stage="running")
    assert sum(spans.values_list("seconds", flat=True)) == resolution.base_elapsed == 2 * HOUR


def test_priority_without_a_target_is_counted_and_never_fires(cast, house):
    agree("sla", "resolution", HOUR, rank=1, priorities=(1,))
    ticket = report(cast)
    resolution = one(metric="resolution")
    assert (resolution.target_seconds, resolution.due_at, resolution.next_at) == (None, None, None)
    with at(hours=9):
        services.sweep()
        take(ticket, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")
    resolution = one(metric="resolution")
    assert (resolution.outcome, resolution.base_elapsed) == ("not_applicable", 9 * HOUR)
    assert not Firing.objects.filter(clock=resolution).exists()
