"""A receipt adds up to the clock, says who held the ticket, and shows every correction."""

import pytest

from incidents import services as incidents
from sla import selectors, services
from sla.models import Clock
from tests.monday import at, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(cast):
    """Two hours with the desk, one paused, half an hour with the network team (over lunch), still open."""
    with at():
        services.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)
        ticket = take(ticket, "claim", cast.zhang_wei, team=cast.desk)
        ticket = take(ticket, "start", cast.zhang_wei)
    with at(hours=1):
        ticket = take(ticket, "hold", cast.zhang_wei, pending_reason="caller", comment="?")
    with at(hours=2):
        ticket = take(ticket, "resume", cast.zhang_wei)
    with at(hours=2, minutes=30):
        return take(ticket, "escalate", cast.zhang_wei, team=cast.network, note="请看线路")


def receipt_of(ticket, metric="resolution"):
    return next(r for r in selectors.receipts_of(ticket) if r.clock.metric == metric)


def test_lines_add_up_to_the_elapsed_time_of_an_open_clock(worked):
    with at(hours=5):  # 14:00, half an hour after lunch
        receipt = receipt_of(worked)
    assert receipt.counted == sum(receipt.summands) == 3600 + 1800 + 1800 + 1800
    assert receipt.chip.remaining == receipt.chip.target - receipt.counted
    assert receipt.lines[-1].is_open


def test_line_says_who_held_the_ticket_and_shares_are_cut_at_the_handover(cast, worked):
    with at(hours=5):
        receipt = receipt_of(worked)
    assert [(share.team, share.seconds) for share in receipt.shares] == [(cast.desk, 5400), (cast.network, 3600)]
    assert [line.team for line in receipt.lines] == [cast.desk, cast.desk, cast.desk, cast.network]


def test_pause_carries_its_reason_and_a_span_over_lunch_its_working_hours(worked):
    with at(hours=5):
        receipt = receipt_of(worked)
    paused = next(line for line in receipt.lines if line.stage == "paused")
    assert (paused.reason, paused.seconds) == ("Waiting for the requester", 0)
    assert [seconds for _, _, seconds in receipt.lines[-1].hours] == [1800, 1800]


def test_requester_gets_only_what_was_promised_to_them(worked):
    clock = Clock.objects.get(metric="response")
    clock.pk, clock.kind, clock.team = None, "ola", worked.team
    clock.save(force_insert=True)
    assert {r.clock.kind for r in selectors.receipts_of(worked, is_inside=False)} == {"sla"}
    assert {r.clock.kind for r in selectors.receipts_of(worked)} == {"sla", "ola"}


def test_receipts_take_a_fixed_number_of_queries(worked, django_assert_max_num_queries):
    receipt_of(worked)
    with django_assert_max_num_queries(14):
        selectors.receipts_of(worked)
