"""How services stand: outages merged, availability counted, announcements shown to whom they concern."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdb import rules
from cmdb import services as cmdb
from cmdb.models import Announcement, Outage
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused

START = datetime(2026, 11, 1, tzinfo=UTC)
HOURS = 48


def at(hour):
    return START + timedelta(hours=hour)


def test_availability_counts_overlapping_outages_once_and_only_what_lies_inside():
    spans = [(at(-5), at(1)), (at(10), at(12)), (at(11), at(13))]
    assert rules.availability(spans, at(0), at(40)) == 1 - 4 / 40


def test_availability_counts_agreed_hours_only():
    def mornings(start, end):
        return 10.0 if end - start > timedelta(hours=1) else 0.0

    assert rules.availability([(at(0), at(0.5))], at(0), at(40), seconds_between=mornings) == 1
    assert rules.availability([], at(0), at(40), seconds_between=lambda a, b: 0) is None


@given(st.lists(st.tuples(st.integers(-10, HOURS + 10), st.integers(0, 30)), max_size=12))
def test_availability_agrees_with_counting_hour_by_hour(outages):
    spans = [(at(start), at(start + length)) for start, length in outages]
    down = sum(any(a <= at(hour) < b for a, b in spans) for hour in range(HOURS))
    assert rules.availability(spans, at(0), at(HOURS)) == pytest.approx(1 - down / HOURS)


def values(**more):
    return {"title_en": "Maintenance", "from_at": at(0), "until_at": at(10), "level": "maintenance"} | more


@pytest.mark.django_db
def test_announcement_is_seen_by_whom_it_concerns(cast):
    own = cmdb.announce(Announcement(), actor=cast.wang_fang, **values(organisation=cast.xinghe))
    about = cmdb.announce(Announcement(), actor=cast.wang_fang, services=[cast.erp], **values())
    everybody = cmdb.announce(Announcement(), actor=cast.wang_fang, **values())
    assert set(Announcement.objects.visible_to(cast.li_na)) == {own, about, everybody}
    assert set(Announcement.objects.visible_to(cast.stranger)) == {everybody}
    assert not Announcement.objects.shown_at(at(10)).exists()


@pytest.mark.django_db
def test_announcement_is_kept_by_managers_and_makes_sense(cast):
    with pytest.raises(NotAllowed):
        cmdb.announce(Announcement(), actor=cast.zhang_wei, **values())
    for bad in ({"title_en": " "}, {"until_at": at(0)}, {"work_from": at(1)}, {"organisation": cast.other}):
        with pytest.raises(InvalidInput):
            cmdb.announce(Announcement(), actor=cast.wang_fang, **values(**bad))


def outage(cast, **values):
    hour, now = timedelta(hours=1), clock.now()
    values = {"service": cast.erp, "from_at": now - 3 * hour, "until_at": now - hour, "is_full": True, **values}
    return cmdb.keep_outage(Outage(), actor=values.pop("actor", cast.wang_fang), **values)


@pytest.mark.django_db
def test_outage_entered_by_hand_lies_behind_us_and_ends_after_it_began(cast):
    hour, now = timedelta(hours=1), clock.now()
    for bad in (
        {"from_at": now - hour, "until_at": now - 2 * hour},
        {"from_at": now + hour, "until_at": None},
        {"from_at": now - hour, "until_at": now + hour},
    ):
        with pytest.raises(InvalidInput):
            outage(cast, **bad)
    for actor in (cast.zhang_wei, cast.li_na):
        with pytest.raises(NotAllowed):
            outage(cast, actor=actor)
    outage(cast)
    assert Outage.objects.visible_to(cast.stranger).count() == 0
    assert Outage.objects.visible_to(cast.li_na).count() == 1


@pytest.mark.django_db
def test_same_outage_is_not_entered_twice_but_may_lie_in_a_degradation_or_beside_a_ticket(cast):
    hour, now = timedelta(hours=1), clock.now()
    first = outage(cast)
    with pytest.raises(InvalidInput) as refused:
        outage(cast, from_at=now - 2 * hour, until_at=None)
    assert list(refused.value.fields) == ["from_at"]
    outage(cast, is_full=False)
    outage(cast, service=cast.email)
    cmdb.open_outage(cast.erp, cause="INC000001", from_at=now - 2 * hour)
    cmdb.keep_outage(first, actor=cast.wang_fang, until_at=now - 2 * hour, text_en="Fan failed")
    assert Outage.objects.get(pk=first.pk).text == "Fan failed"


@pytest.mark.django_db
def test_outage_goes_on_until_somebody_ends_it_and_that_of_a_ticket_is_left_to_the_ticket(cast):
    going_on = outage(cast, until_at=None)
    cmdb.end_outage(going_on, actor=cast.wang_fang)
    assert Outage.objects.get().until_at >= going_on.from_at
    with pytest.raises(Refused):
        cmdb.end_outage(going_on, actor=cast.wang_fang)
    cmdb.discard_outage(going_on, actor=cast.wang_fang)
    assert not Outage.objects.exists()
    followed = cmdb.open_outage(cast.erp, cause="INC000001", from_at=clock.now())
    for command in (cmdb.keep_outage, cmdb.end_outage, cmdb.discard_outage):
        with pytest.raises(Refused):
            command(followed, actor=cast.wang_fang)
