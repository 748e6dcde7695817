"""Changes that must not be in work at once: found through the graph, kept up with it, accepted, and avoided."""

from datetime import UTC, datetime, timedelta

import pytest

from changes import services as changes
from changes.models import Collision, CollisionCheck
from changes.selectors import fitting, slots
from changes.services.scheduling import obstacles
from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, Relation, RelationType
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from notifications.models import Notification
from tests.change_calendar import freeze, window
from tests.changes import asked, change_manager, granted, planned
from tests.landscape import landscape
from tickets import services as tickets

HOUR = timedelta(hours=1)


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.fixture
def keeper(cast):
    return change_manager(cast)


@pytest.fixture
def start():
    return (clock.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def plan(cast, land, start):
    """`plan("host-1", 2)`: a change of an item, two hours after the others begin, for two hours."""

    def make(*slugs, after=0, lasts=2, **values):
        times = {"planned_start": start + after * HOUR, "planned_end": start + (after + lasts) * HOUR}
        return planned(cast, items=[land[slug] for slug in slugs], **times | values)

    return make


def pairs(state="open"):
    changes.check_asked()
    return sorted((one.first.title, one.second.title) for one in Collision.objects.filter(state=state))


def scheduled(change, keeper):
    change = granted(asked(change, actor=change.requester), by=keeper)
    if change.state == "awaiting_approval":
        change = tickets.take_transition(change, "schedule", actor=change.requester)
    assert change.state == "scheduled"
    return change


def test_two_nodes_of_a_cluster_in_one_window_collide_and_one_after_the_other_do_not(plan, land, cast):
    plan("host-1", title="One")
    after = plan("host-2", after=3, title="Two")
    assert pairs() == []
    changes.plan_change(after, actor=cast.chen_hao, values={"planned_start": after.planned_start - 2 * HOUR})
    assert pairs() == [("One", "Two")]
    found = Collision.objects.get()
    assert found.evidence["item"] == land["cluster"].pk
    assert sorted(found.evidence["ways"].values()) == sorted(
        [[land[host].pk, land["cluster"].pk] for host in ("host-1", "host-2")]
    )


def test_the_margin_lies_between_them(plan, settings):
    plan("host-1", title="One")
    plan("host-2", after=2, title="Two")  # begins when the other ends
    assert pairs() == [("One", "Two")]
    settings.CHANGE_COLLISION_MARGIN_MINUTES = 0
    changes.check_collisions()
    assert pairs() == [] and pairs("gone") == [("One", "Two")]


def test_what_fails_with_both_is_found_through_the_graph(plan, land):
    plan("core", title="Switch")
    plan("app", title="Application")
    plan("host-1", title="Host alone", after=30)
    assert pairs() == [("Switch", "Application")]
    ways = Collision.objects.get().evidence["ways"]
    assert [land["app"].pk] in ways.values()
    assert [land[slug].pk for slug in ("core", "host-1", "cluster", "app")] in ways.values()


def test_three_changes_that_only_together_bring_it_down_collide(plan, land):
    cluster = land["cluster"].redundancy_groups.get()
    cluster.needed = 1
    cluster.save()
    plan("host-1", title="One")
    plan("host-2", title="Two")
    assert pairs() == []
    plan("host-3", title="Three")
    assert pairs() == [("One", "Three"), ("One", "Two"), ("Two", "Three")]
    assert len(Collision.objects.first().evidence["ways"]) == 3


def test_items_dates_and_the_graph_are_compared_again_whenever_they_change(plan, land, cast):
    one = plan("host-1", title="One")
    plan("host-2", title="Two")
    assert pairs() == [("One", "Two")]
    relation = Relation.objects.get(source=land["cluster"], target=land["host-1"])
    cmdb.unrelate(relation, actor=cast.chen_hao)
    assert pairs() == []
    runs = RelationType.objects.get(slug="runs-on")
    cmdb.relate(land["cluster"], land["host-1"], runs, actor=cast.chen_hao, group="hosts", needed=2)
    assert pairs() == [("One", "Two")]
    changes.plan_change(one, actor=cast.chen_hao, values={"affected_items": [cast.email]})
    assert pairs() == []
    tickets.edit(one, actor=cast.zhang_wei, changes={"affected_items": [land["app"]]})
    assert pairs() == []  # one host of three harms nobody, whatever the application does
    told = Event.objects.filter(subject_id=one.pk, name__startswith="change.coll").values_list("name", flat=True)
    assert list(told)[:4] == ["change.collided", "change.collision_over", "change.collided", "change.collision_over"]
    changes.plan_change(one, actor=cast.chen_hao, values={"affected_items": [land["host-3"]]})
    assert pairs() == [("One", "Two")]
    tickets.take_transition(one, "cancel", actor=cast.chen_hao, values={"reason": "Not needed"})
    assert pairs() == []


def test_many_checks_are_one_and_what_was_done_is_asked_for_no_more(plan, land, cast, django_assert_max_num_queries):
    plan("host-1")
    changes.check_asked()
    for _n in range(50):
        CollisionCheck.objects.create(change=None)
    with django_assert_max_num_queries(12):
        assert changes.check_asked() == 50
    assert changes.check_asked() == 0


def test_comparing_costs_the_same_for_every_number_of_changes(plan, django_assert_max_num_queries):
    for number in range(8):
        plan("host-1", after=number * 5)
    with django_assert_max_num_queries(8):
        changes.check_collisions()


def test_a_collision_keeps_out_of_the_calendar_until_it_is_accepted(plan, keeper, cast, land):
    first = scheduled(plan("host-1", title="One"), keeper)
    second = plan("host-2", title="Two")
    assert [one.text for one in obstacles(second)] == [f"It collides with {first.number}."]
    assert [one.kind for one in obstacles(first)] == []  # the first in the calendar has the place
    second = granted(asked(second, actor=cast.chen_hao), by=keeper)
    with pytest.raises(Refused, match="collides"):
        tickets.take_transition(second, "schedule", actor=cast.chen_hao)
    changes.check_asked()
    found = Collision.objects.get()
    with pytest.raises(InvalidInput):
        changes.accept_collision(found, actor=keeper, reason=" ")
    with pytest.raises(NotAllowed):
        changes.accept_collision(found, actor=cast.chen_hao, reason="Short")
    changes.accept_collision(found, actor=keeper, reason="The cluster is empty that night")
    with pytest.raises(Refused):
        changes.accept_collision(found, actor=keeper, reason="Again")
    assert obstacles(second) == []
    assert pairs("accepted") == [("One", "Two")]
    tickets.take_transition(second, "schedule", actor=cast.chen_hao)


def test_an_acceptance_stands_for_what_was_accepted_and_no_other(plan, keeper, cast, land):
    first = scheduled(plan("host-1", title="One"), keeper)
    second = plan("host-2", title="Two")
    changes.check_asked()
    changes.accept_collision(Collision.objects.get(), actor=keeper, reason="The cluster is empty that night")
    changes.plan_change(second, actor=cast.chen_hao, values={"affected_items": [land["core"]]})
    assert "collision" in [one.kind for one in obstacles(second)]
    assert pairs() == [("One", "Two")]
    assert first.number in obstacles(second)[0].text


def test_windows_and_freezes_keep_out_of_the_calendar(plan, keeper, land, start):
    change = plan("core")
    assert obstacles(change) == []
    window(keeper, from_on=datetime(2026, 1, 1).date(), rule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", items=[land["core"]])
    assert [one.text for one in obstacles(change)] == ["Outside the maintenance windows of Core."]
    freeze(keeper, start - HOUR, start + HOUR)
    assert [one.kind for one in obstacles(change)] == ["window", "freeze"]


def test_an_exception_holds_for_the_dates_and_items_it_was_asked_for(plan, keeper, cast, land):
    change = plan("core")
    window(keeper, rule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", items=[land["core"], land["app"]])
    with pytest.raises(NotAllowed):
        changes.ask_exception(change, actor=cast.li_na, reason="Please")
    ask = changes.ask_exception(change, actor=cast.chen_hao, reason="The supplier comes only then")
    with pytest.raises(Refused):
        changes.ask_exception(change, actor=cast.chen_hao, reason="Again")
    with pytest.raises(NotAllowed):
        changes.decide_exception(ask, actor=cast.chen_hao, is_granted=True)
    with pytest.raises(InvalidInput):
        changes.decide_exception(ask, actor=keeper, is_granted=False)
    assert [one.kind for one in obstacles(change)] == ["window"]
    changes.decide_exception(ask, actor=keeper, is_granted=True)
    assert obstacles(change) == []
    with pytest.raises(Refused):
        changes.decide_exception(ask, actor=keeper, is_granted=False, answer="No")
    change = changes.plan_change(change, actor=cast.chen_hao, values={"affected_items": [land["core"], land["app"]]})
    assert [one.kind for one in obstacles(change)] == ["window"]
    own = changes.ask_exception(planned(cast, actor=keeper, items=[land["core"]]), actor=keeper, reason="x")
    with pytest.raises(NotAllowed):
        changes.decide_exception(own, actor=keeper, is_granted=True)


def test_the_next_free_time_passes_every_rule(plan, keeper, land, start, cast):
    sunday = datetime(2030, 1, 5, 17, tzinfo=UTC)  # 01:00 on Sunday, the 6th, in Shanghai
    blocking = plan("host-2", planned_start=sunday, planned_end=sunday + HOUR)
    change = plan("host-1", planned_start=sunday, planned_end=sunday + 2 * HOUR)
    window(keeper, items=[land["host-1"]])
    freeze(keeper, sunday + 7 * 24 * HOUR, sunday + 8 * 24 * HOUR)
    # The colliding change ends at 02:00; half an hour lies between them, and two hours fit before 05:00.
    assert slots.next_free(change, sunday - HOUR) == (sunday + 1.5 * HOUR, sunday + 3.5 * HOUR)
    assert slots.next_free(change, sunday + 2.1 * HOUR) == (sunday + 14 * 24 * HOUR, sunday + 14 * 24 * HOUR + 2 * HOUR)
    assert slots.next_free(change, sunday, length=5 * HOUR) is None
    found = slots.next_free(change, sunday - HOUR)
    changes.plan_change(
        change, actor=cast.chen_hao, values=dict(zip(("planned_start", "planned_end"), found, strict=True))
    )
    assert pairs() == [] and obstacles(change) == []
    assert blocking.pk


def test_the_next_free_time_avoids_what_only_three_bring_down(plan, land, start):
    cluster = land["cluster"].redundancy_groups.get()
    cluster.needed = 1
    cluster.save()
    plan("host-1")
    plan("host-2", lasts=1)
    change = plan("host-3")
    assert slots.next_free(change, start) == (start + 1.5 * HOUR, start + 3.5 * HOUR)


def test_a_reader_is_shown_the_ways_but_not_what_is_not_theirs(plan, land, cast):
    one = plan("host-1", title="One")
    plan("host-2", title="Two")
    changes.check_asked()
    ConfigurationItem.objects.filter(slug="cluster").update(organisation=cast.other)
    shown = fitting.fit_of(one, cast.chen_hao).collisions[0]
    assert shown.place is None and [[item and item.slug for item in way.items] for way in shown.ways] == [
        ["host-1", None], ["host-2", None],
    ]  # fmt: skip
    assert Collision.objects.visible_to(cast.stranger).count() == 0


def test_who_writes_and_carries_out_is_told_of_a_collision_and_managers_of_an_exception(plan, keeper, cast, deliver):
    one, other = plan("host-1", title="One"), plan("host-2", title="Two")
    changes.check_asked()
    deliver()
    told = {(news.user, news.ticket_id) for news in Notification.objects.filter(kind="change")}
    assert told == {(who, change.pk) for who in (cast.chen_hao, cast.liu_yang) for change in (one, other)}
    ask = changes.ask_exception(one, actor=cast.chen_hao, reason="The supplier comes only then")
    deliver()
    assert Notification.objects.filter(user=keeper, kind="change").exists()
    changes.decide_exception(ask, actor=keeper, is_granted=True)
    deliver()
    events = Notification.objects.filter(user=cast.chen_hao).values_list("event__name", flat=True)
    assert "change.exception_granted" in events
