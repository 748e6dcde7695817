"""What-if: the version in force gives what is stored; a draft shows which tickets flip; nothing is written."""

from datetime import timedelta

import pytest

from core.errors import NotAllowed
from incidents import services as incidents
from sla import services
from sla.models import AgreementVersion, CalendarVersion, Clock, Replay, Terms
from sla.services import replaying, supposing
from tests.monday import HOUR, MONDAY, at, take
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def played(cast):
    """Plays all tickets under a version of an agreement or of a calendar, to the end, in batches of two."""

    def play(version, *, content=None):
        asked = {"since": MONDAY, "until": MONDAY + timedelta(days=1), "actor": cast.wang_fang}
        with at(hours=10):
            if isinstance(version, AgreementVersion):
                replay = replaying.replay_agreement(version, **asked)
            else:
                content = content or replaying.content_of(version)
                replay = replaying.replay_calendar(version.calendar, content, **asked)
            while replaying.go_on(limit=2):
                pass
        replay.refresh_from_db()
        assert replay.state == "done"
        return replay

    return play


def flips(replay):
    return [(Ticket.objects.get(pk=f["ticket"]).title, f["metric"], f["after"]["outcome"]) for f in replay.flips]


def test_version_in_force_gives_exactly_what_is_stored(played, in_force, past):
    found = played(in_force)
    assert (found.seen, found.clocks, found.differing, found.flipped) == (3, 6, 0, 0)
    assert all(tally["before"] == tally["after"] for tally in found.tallies.values())
    assert found.tallies["response"]["before"] == {"met": 1, "breached": 1, "open_breached": 1}


def test_equal_draft_gives_what_is_stored_even_after_the_calendar_changed(played, in_force, past):
    office = CalendarVersion.objects.get(calendar__slug="office")
    with at(hours=8):
        services.publish_calendar(
            office.calendar, zone=office.zone, weekly=office.weekly, exceptions={**office.exceptions, "2026-11-17": []},
            valid_through=office.valid_through, mode="retroactive",
        )  # fmt: skip
    assert played(drafted(in_force)).differing == 0


def test_draft_shows_the_tickets_that_flip_both_ways(played, in_force, past):
    stricter = played(drafted(in_force, response=HOUR))
    assert flips(stricter) == [("一", "response", "breached")]
    laxer = played(drafted(in_force, response=8 * HOUR))
    assert flips(laxer) == [("二", "response", "met")]
    assert {metric: (before, after) for metric, before, after in laxer.attainment()}["response"] == ((1, 2), (2, 2))


def test_draft_that_no_longer_holds_a_ticket_counts_it_no_more(cast, played, in_force, past):
    draft = drafted(in_force)
    draft.services.set([cast.email])
    assert {outcome for _, _, outcome in flips(played(draft))} == {""}


def test_another_agreement_that_comes_first_keeps_its_tickets(cast, played, in_force, past):
    draft = drafted(in_force, response=60)
    other = services.promise_resolution_only(cast.xinghe)
    found = played(other)  # it would come before the standard one, and promises no answer
    assert {metric for _, metric, outcome in flips(found) if not outcome} == {"response"}
    draft.agreement.rank = 50
    draft.agreement.save()
    assert played(other).clocks == 0


def test_calendar_in_force_changes_nothing_and_a_typed_one_replaces_it_in_whatever_counts_by_it(played, in_force, past):
    office = CalendarVersion.objects.get(calendar__slug="office")
    assert played(office).differing == 0
    closed = {"zone": office.zone, "weekly": office.weekly, "exceptions": {**office.exceptions, "2026-11-16": []}}
    found = played(office, content=closed)
    assert flips(found) == [("二", "response", "met")]  # answered late: on a day off no time passes
    assert CalendarVersion.objects.filter(calendar=office.calendar).count() == 1


def test_replay_writes_nothing_else_and_asks_as_much_for_many_as_for_few(
    played, in_force, past, django_assert_num_queries
):
    draft = drafted(in_force, response=HOUR)
    rows = Terms.objects.count(), list(Clock.objects.values_list("memory", flat=True))
    played(draft)
    for tickets_ in (Ticket.objects.all(), Ticket.objects.filter(title="一")):
        with at(hours=10), django_assert_num_queries(8):
            supposing.compared(supposing.SupposedAgreement(draft), tickets_)
    assert rows == (Terms.objects.count(), list(Clock.objects.values_list("memory", flat=True)))


def test_replay_plays_only_what_its_owner_sees_and_only_for_managers(cast, in_force, past):
    asked = {"since": MONDAY, "until": MONDAY + timedelta(days=1)}
    with pytest.raises(NotAllowed):
        replaying.replay_agreement(in_force, actor=cast.zhang_wei, **asked)
    assert replaying.replay_agreement(in_force, actor=cast.wang_fang, **asked).total == 3
    beyond = {"since": MONDAY + timedelta(days=1), "until": MONDAY + timedelta(days=2)}
    empty = replaying.replay_agreement(in_force, actor=cast.wang_fang, **beyond)
    while replaying.go_on():
        pass
    empty.refresh_from_db()
    assert (empty.total, empty.state) == (0, "done")


def test_draft_that_cannot_be_played_fails_alone(cast, in_force, past):
    asked = {"since": MONDAY, "until": MONDAY + timedelta(days=1), "actor": cast.wang_fang}
    office = CalendarVersion.objects.get(calendar__slug="office").calendar
    with at(hours=10):
        replaying.replay_calendar(office, {"zone": "Nowhere/Land", "weekly": {}, "exceptions": {}}, **asked)
        replaying.replay_agreement(in_force, **asked)
        while replaying.go_on():
            pass
    assert list(Replay.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "done"]
