"""Collisions of changes against a model that tries every pair and every moment, on random graphs."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changes.selectors.meeting import Meetings, Plan
from cmdb.models import ConfigurationItem, ItemClass, RedundancyGroup, Relation, RelationType
from cmdb.selectors.impact import Extract
from core import clock
from tests.properties.test_impact import SIZE, brute

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MARGIN = 1


@st.composite
def worlds(draw):
    """(edges {(provider, dependant): in the group or not}, needed by each group, [(start, end, items)] in hours)."""
    pair = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda one: one[0] != one[1])
    edges = draw(st.dictionaries(pair, st.booleans(), max_size=10))
    # Without one by design, a group of which something is left alone is rare.
    edges |= {(provider, SIZE - 1): True for provider in range(draw(st.integers(0, 4)))}
    needed = draw(st.lists(st.integers(1, 3), min_size=SIZE, max_size=SIZE))
    span = st.tuples(st.integers(0, 8), st.integers(1, 5)).map(lambda one: (one[0], one[0] + one[1]))
    items = st.frozensets(st.integers(0, SIZE - 1), min_size=1, max_size=2)
    return edges, needed, draw(st.lists(st.tuples(span, items), min_size=2, max_size=5))


def in_work(changes, hour):
    """Which changes are in work in this hour, or were less than the margin ago."""
    return [n for n, ((start, end), _items) in enumerate(changes) if start <= hour < end + MARGIN]


def colliding_pairs(edges, needed, changes):
    """Every pair that is in work in the same hour and brings down together what neither, or both, bring down alone."""
    found = set()
    for hour in range(20):
        for a, b in combinations(in_work(changes, hour), 2):
            with_a, with_b = (brute(edges, needed, changes[n][1]) for n in (a, b))
            both = brute(edges, needed, changes[a][1] | changes[b][1])
            if with_a & with_b or both - with_a - with_b:
                found.add((a, b))
    return found


def graph_of(edges, needed):
    """The random graph in the database; returns the ids by number."""
    ConfigurationItem.objects.filter(item_class="server").delete()
    server, runs = ItemClass.objects.get(slug="server"), RelationType.objects.get(slug="runs-on")
    ids = [
        item.pk
        for item in ConfigurationItem.objects.bulk_create(
            ConfigurationItem(slug=f"n{n}", name_en=f"n{n}", item_class=server) for n in range(SIZE)
        )
    ]
    groups = {
        dependant: RedundancyGroup.objects.create(dependant_id=ids[dependant], name="g", needed=needed[dependant])
        for dependant in {d for (_p, d), grouped in edges.items() if grouped}
    }
    Relation.objects.bulk_create(
        Relation(source_id=ids[d], target_id=ids[p], relation_type=runs, provider_id=ids[p], dependant_id=ids[d],
                 group=groups[d] if grouped else None, created_at=clock.now())
        for (p, d), grouped in edges.items()
    )  # fmt: skip
    return ids


def meetings_of(world, **options):
    edges, needed, changes = world
    ids = graph_of(edges, needed)
    plans = [
        Plan(n, NOON + start * HOUR, NOON + end * HOUR, frozenset(ids[item] for item in items))
        for n, ((start, end), items) in enumerate(changes)
    ]
    extract = Extract([item for plan in plans for item in plan.items])
    number = {pk: n for n, pk in enumerate(ids)}
    for meeting in Meetings(extract).of(plans, MARGIN * HOUR, **options):
        yield meeting.keys, number[meeting.item_id], [[number[pk] for pk in way] for way in meeting.ways]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
def test_collisions_agree_with_trying_everything(cast, world):
    edges, needed, changes = world
    found = list(meetings_of(world))
    assert {keys for keys, _item, _ways in found if len(keys) == 2} == colliding_pairs(edges, needed, changes)
    for keys, item, ways in found:
        together = frozenset().union(*(changes[n][1] for n in keys))
        assert item in brute(edges, needed, together)
        for key, way in zip(keys, ways, strict=True):
            assert way[0] in changes[key][1] and way[-1] == item
            assert all(step in edges for step in pairwise(way))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
def test_nothing_fails_by_several_changes_that_no_collision_explains(cast, world):
    edges, needed, changes = world
    found = list(meetings_of(world))
    for keys, item, _ways in found:
        for fewer in combinations(keys, len(keys) - 1):
            if len(keys) > 2:  # as few as it takes
                assert item not in brute(edges, needed, frozenset().union(*(changes[n][1] for n in fewer)))
    for hour in range(20):
        active = in_work(changes, hour)
        failing = brute(edges, needed, frozenset().union(*(changes[n][1] for n in active)))
        explained = set().union(*(brute(edges, needed, changes[n][1]) for n in active))
        for keys, _item, _ways in found:
            if set(keys) <= set(active):
                explained |= brute(edges, needed, frozenset().union(*(changes[n][1] for n in keys)))
        assert failing <= explained


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
def test_one_change_is_asked_about_what_all_are(cast, world):
    every = list(meetings_of(world))
    about = [(keys, item, ways) for keys, item, ways in every if 0 in keys and len(keys) == 2]
    asked = [(keys, item, ways) for keys, item, ways in meetings_of(world, about={0}) if len(keys) == 2]
    assert [keys for keys, _item, _ways in about] == [keys for keys, _item, _ways in asked]
