"""Who is on call when: the rotation through clock changes, overrides, people who left, and who may arrange it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from accounts import selectors, services
from accounts.models import Roster, RosterMember
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
WEEK = timedelta(days=7)


@pytest.fixture
def roster(cast):
    roster = services.save_roster(
        None,
        actor=cast.wang_fang,
        name_zh="网络值班",
        team=cast.network,
        starts_on=date(2026, 11, 16),
        turn_days=7,
        handover_at=time(9, 0),
    )
    for user in (cast.chen_hao, cast.liu_yang, cast.zhang_wei):
        services.join_roster(roster, user, actor=cast.wang_fang)
    return roster


def in_zone(zone, handover, starts_on, days=1):
    return Roster(zone=zone, handover_at=handover, starts_on=starts_on, turn_days=days)


def test_rotation_hands_over_to_the_second(cast, roster):
    assert selectors.on_call(roster, MONDAY - timedelta(seconds=1)) is None
    assert selectors.on_call(roster, MONDAY) == cast.chen_hao
    assert selectors.on_call(roster, MONDAY + WEEK - timedelta(seconds=1)) == cast.chen_hao
    assert selectors.on_call(roster, MONDAY + WEEK) == cast.liu_yang
    assert selectors.on_call(roster, MONDAY + 3 * WEEK) == cast.chen_hao


def test_handover_keeps_the_wall_clock_through_changes_of_summer_time():
    spring = in_zone("Europe/Berlin", time(9), date(2026, 3, 28))
    assert [spring.begin_of(turn).hour for turn in (0, 1, 2)] == [8, 7, 7]
    autumn = in_zone("Europe/Berlin", time(9), date(2026, 10, 24))
    assert autumn.begin_of(1) - autumn.begin_of(0) == timedelta(hours=25)


@pytest.mark.parametrize(
    ("zone", "handover", "day"),
    [
        ("Europe/Berlin", time(2, 30), date(2026, 3, 28)),  # 02:30 is skipped
        ("Europe/Berlin", time(2, 30), date(2026, 10, 24)),  # 02:30 comes twice
        ("America/Sao_Paulo", time(0, 0), date(2018, 11, 3)),  # midnight is skipped
        ("Pacific/Apia", time(9, 0), date(2011, 12, 28)),  # a whole day is skipped
        ("America/St_Johns", time(0, 0), date(2010, 11, 6)),  # the clock goes back across midnight
        ("Australia/Lord_Howe", time(2, 0), date(2026, 4, 4)),  # half an hour comes twice
    ],
)
def test_every_instant_lies_in_exactly_one_turn(zone, handover, day):
    roster = in_zone(zone, handover, day)
    instant = roster.begin_of(0)
    while instant < roster.begin_of(4):
        turn = roster.turn_at(instant)
        assert roster.begin_of(turn) <= instant < roster.begin_of(turn + 1)
        instant += timedelta(minutes=15)


def test_whoever_left_is_passed_over_and_moves_nobody_elses_turn(cast, roster):
    services.deactivate(cast.liu_yang, actor=cast.admin)
    assert selectors.on_call(roster, MONDAY + WEEK) == cast.zhang_wei
    assert selectors.on_call(roster, MONDAY + 2 * WEEK) == cast.zhang_wei
    assert selectors.on_call(roster, MONDAY + 3 * WEEK) == cast.chen_hao


def test_latest_override_wins_for_its_span_only(cast, roster):
    with clock.travel(MONDAY):
        services.take_over(
            roster, cast.liu_yang, start_at=MONDAY, end_at=MONDAY + timedelta(days=2), actor=cast.wang_fang
        )
        services.take_over(
            roster, None, start_at=MONDAY + timedelta(days=1), end_at=MONDAY + timedelta(days=3), actor=cast.wang_fang
        )
    shifts = selectors.plan_of(roster).shifts(MONDAY, MONDAY + WEEK)
    assert [shift.person for shift in shifts] == [cast.liu_yang, None, cast.chen_hao]
    assert [shift.start_at for shift in shifts] == [MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)]
    assert selectors.on_call(roster, MONDAY + timedelta(days=3)) == cast.chen_hao


def test_plan_of_four_weeks_is_whole_and_names_turns(cast, roster):
    shifts = selectors.plan_of(roster).shifts(MONDAY - WEEK, MONDAY + 3 * WEEK)
    assert [shift.person for shift in shifts] == [None, cast.chen_hao, cast.liu_yang, cast.zhang_wei]
    assert all(a.end_at == b.start_at for a, b in pairwise(shifts))
    assert selectors.turns_of(cast.liu_yang, MONDAY, MONDAY + 6 * WEEK) == [
        (roster, selectors.Shift(MONDAY + WEEK, MONDAY + 2 * WEEK, cast.liu_yang)),
        (roster, selectors.Shift(MONDAY + 4 * WEEK, MONDAY + 5 * WEEK, cast.liu_yang)),
    ]


def test_line_calls_the_rotation_then_the_fallback_then_the_leads(cast, roster):
    services.save_roster(roster, actor=cast.wang_fang, fallback=cast.admin)
    line = selectors.plan_of(roster).line_at(MONDAY + WEEK)
    assert line == [cast.liu_yang, cast.zhang_wei, cast.chen_hao, cast.admin, cast.wang_fang]


def test_empty_or_retired_roster_has_nobody(cast, roster):
    RosterMember.objects.all().delete()
    assert selectors.on_call(roster, MONDAY) is None
    assert selectors.plan_of(roster).line_at(MONDAY) == [cast.wang_fang]
    services.join_roster(roster, cast.chen_hao, actor=cast.admin)
    roster = services.save_roster(roster, actor=cast.admin, is_active=False)
    assert selectors.on_call(roster, MONDAY) is None


def test_members_are_ordered_and_every_change_is_in_the_ledger(cast, roster):
    services.move_in_roster(roster, cast.zhang_wei, by=-1, actor=cast.wang_fang)
    services.move_in_roster(roster, cast.zhang_wei, by=1, actor=cast.wang_fang)
    services.move_in_roster(roster, cast.zhang_wei, by=1, actor=cast.wang_fang)
    services.leave_roster(roster, cast.liu_yang, actor=cast.wang_fang)
    assert selectors.plan_of(roster).members == [cast.chen_hao, cast.zhang_wei]
    told = Event.objects.filter(name="roster.members_changed").values_list("data", flat=True)
    assert [row["members"] for row in told][-1] == [cast.chen_hao.pk, cast.zhang_wei.pk]


def test_people_take_over_for_themselves_and_keepers_for_anybody(cast, roster):
    span = {"start_at": clock.now() + timedelta(hours=1), "end_at": clock.now() + timedelta(hours=9)}
    override = services.take_over(roster, cast.chen_hao, actor=cast.chen_hao, **span)
    with pytest.raises(NotAllowed):
        services.take_over(roster, cast.chen_hao, actor=cast.liu_yang, **span)
    with pytest.raises(NotAllowed):
        services.take_over(roster, cast.li_na, actor=cast.li_na, **span)
    with pytest.raises(NotAllowed):
        services.give_back(override, actor=cast.liu_yang)
    services.give_back(override, actor=cast.chen_hao)
    assert not roster.overrides.exists()


def test_what_is_over_cannot_be_given_back_and_what_began_ends_now(cast, roster):
    with clock.travel(MONDAY):
        override = services.take_over(
            roster, cast.zhang_wei, start_at=MONDAY, end_at=MONDAY + timedelta(hours=8), actor=cast.zhang_wei
        )
    with clock.travel(MONDAY + timedelta(hours=2)):
        services.give_back(override, actor=cast.zhang_wei)
    override.refresh_from_db()
    assert override.end_at == MONDAY + timedelta(hours=2)
    with pytest.raises(Refused):
        services.give_back(override, actor=cast.zhang_wei)


@pytest.mark.parametrize(
    ("field", "value"),
    [("zone", "Mars/Olympus"), ("turn_days", 0), ("starts_on", date(1, 1, 1)), ("name_zh", "")],
)
def test_impossible_rosters_are_refused(cast, roster, field, value):
    with pytest.raises(InvalidInput):
        services.save_roster(roster, actor=cast.wang_fang, **{field: value})


def test_only_keepers_change_rosters_and_only_the_desk_is_on_call(cast, roster):
    with pytest.raises(NotAllowed):
        services.save_roster(roster, actor=cast.chen_hao, turn_days=1)
    with pytest.raises(InvalidInput):
        services.join_roster(roster, cast.li_na, actor=cast.wang_fang)


def test_local_noon_of_each_day_agrees_with_the_rotation(roster, cast):
    people = [cast.chen_hao, cast.liu_yang, cast.zhang_wei]
    for day in range(21):
        noon = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=day)
        assert selectors.on_call(roster, noon) == people[day // 7]
