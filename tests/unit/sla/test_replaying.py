"""What-if: the version in force gives what is stored; a draft shows which tickets flip; nothing is written."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock as wall
from incidents import services as incidents
from sla import services
from sla.models import AgreementVersion, CalendarVersion, Clock, Terms
from sla.services import replaying
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
HOUR = 3600


def at(hours=0, minutes=0):
    return wall.travel(MONDAY + timedelta(hours=hours, minutes=minutes))


def take(ticket, name, actor, **values):
    return tickets.take_transition(ticket, name, actor=actor, values=values)


@pytest.fixture
def in_force(cast):
    with at():
        return services.install_defaults()


@pytest.fixture
def past(cast, in_force):
    """Three tickets of Monday: one answered after 90 min and resolved after a pause, one answered late, one open."""
    with at():
        first, second, _third = (
            incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp, impact=2, urgency=2)
            for title in ("一", "二", "三")
        )
        first = take(first, "claim", cast.zhang_wei, team=cast.desk)
        first = take(first, "start", cast.zhang_wei)
    with at(hours=1, minutes=30):
        tickets.comment(first, actor=cast.zhang_wei, body="在看")
        first = take(first, "hold", cast.zhang_wei, pending_reason="vendor")
    with at(hours=6):
        services.sweep()
        tickets.comment(second, actor=cast.zhang_wei, body="在看")
        first = take(first, "resume", cast.zhang_wei)
    with at(hours=7):
        take(first, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")


def drafted(version, **seconds):
    """The next version of the agreement with other seconds for some metrics."""
    draft = AgreementVersion.objects.create(agreement=version.agreement, number=version.agreement.versions.count() + 1)
    for target in version.targets.all():
        target.pk, target._state.adding, target.version = None, True, draft
        target.seconds = seconds.get(target.metric, target.seconds)
        target.save()
    return draft


def played(version, **options):
    with at(hours=10):
        return replaying.replay_agreement(version, Ticket.objects.all(), **options)


def test_version_in_force_gives_exactly_what_is_stored(in_force, past):
    found = played(in_force)
    assert (found.clocks, found.differing, found.flipped) == (6, 0, [])
    assert found.before == found.after
    assert dict(found.before["response"]) == {"met": 1, "breached": 1, "open_breached": 1}


def test_equal_draft_gives_what_is_stored_even_after_the_calendar_changed(in_force, past):
    office = CalendarVersion.objects.get(calendar__slug="office")
    with at(hours=8):
        services.publish_calendar(
            office.calendar, zone=office.zone, weekly=office.weekly, exceptions={**office.exceptions, "2026-11-17": []},
            valid_through=office.valid_through, mode="retroactive",
        )  # fmt: skip
        found = played(drafted(in_force))
    assert found.differing == 0


def test_draft_shows_the_tickets_that_flip_both_ways(in_force, past):
    stricter = played(drafted(in_force, response=HOUR))
    assert [(pair.title, pair.metric, pair.after.outcome) for pair in stricter.flipped] == [
        ("一", "response", "breached")
    ]
    laxer = played(drafted(in_force, response=8 * HOUR))
    assert [(pair.title, pair.after.outcome) for pair in laxer.flipped] == [("二", "met")]
    assert laxer.attainment()[0][0] in ("response", "resolution")
    assert {m: after for m, _, after in laxer.attainment()}["response"] == (2, 2)


def test_draft_that_no_longer_holds_a_ticket_counts_it_no_more(cast, in_force, past):
    draft = drafted(in_force)
    draft.services.set([cast.email])
    found = played(draft)
    assert {pair.after for pair in found.flipped} == {None}


def test_another_agreement_that_comes_first_keeps_its_tickets(cast, in_force, past):
    draft = drafted(in_force, response=60)
    other = services.promise_resolution_only(cast.xinghe)
    found = played(other)  # it would come before the standard one, and promises no answer
    assert {pair.metric for pair in found.flipped if pair.after is None} == {"response"}
    draft.agreement.rank = 50
    draft.agreement.save()
    assert played(other).clocks == 0


def test_calendar_draft_replaces_the_calendar_in_whatever_counts_by_it(in_force, past):
    office = CalendarVersion.objects.get(calendar__slug="office")
    with at(hours=10):
        same = replaying.replay_calendar(office, Ticket.objects.all())
        closed = CalendarVersion.objects.create(
            calendar=office.calendar, number=2, zone=office.zone, weekly=office.weekly,
            exceptions={**office.exceptions, "2026-11-16": []}, digest="draft",
        )  # fmt: skip
        found = replaying.replay_calendar(closed, Ticket.objects.all())
    assert same.differing == 0
    assert {pair.after.elapsed for pair in found.flipped} == {0}


def test_replay_is_bounded_writes_nothing_and_asks_as_much_for_many_as_for_few(
    in_force, past, django_assert_num_queries
):
    draft = drafted(in_force, response=HOUR)
    rows = Terms.objects.count(), list(Clock.objects.values_list("memory", flat=True))
    played(draft)
    assert played(draft, limit=1).tickets == 1
    with django_assert_num_queries(9):
        played(draft)
    assert rows == (Terms.objects.count(), list(Clock.objects.values_list("memory", flat=True)))
