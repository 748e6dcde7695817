"""The impact graph against a model that tries everything: rings, groups and all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmdb.models import ConfigurationItem, ItemClass, RedundancyGroup, Relation, RelationType
from cmdb.selectors import impact
from core import clock

pytestmark = pytest.mark.django_db
SIZE = 7


@st.composite
def graphs(draw):
    """(edges {(provider, dependant): in the group or not}, needed by each dependant's group, who fails first)."""
    pair = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda one: one[0] != one[1])
    edges = draw(st.dictionaries(pair, st.booleans(), max_size=18))
    needed = draw(st.lists(st.integers(1, 3), min_size=SIZE, max_size=SIZE))
    return edges, needed, draw(st.sets(st.integers(0, SIZE - 1), min_size=1, max_size=2))


def brute(edges, needed, starts):
    """Try every item again and again until nothing more fails."""
    failed = set(starts)
    while True:
        more = set()
        for dependant in set(range(SIZE)) - failed:
            alone = [p for (p, d), grouped in edges.items() if d == dependant and not grouped]
            group = [p for (p, d), grouped in edges.items() if d == dependant and grouped]
            lost = [p for p in group if p in failed]
            if any(p in failed for p in alone) or (lost and len(group) - len(lost) < needed[dependant]):
                more.add(dependant)
        if not more:
            return failed
        failed |= more


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_failing_agrees_with_trying_everything(cast, graph):
    edges, needed, starts = graph
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
    reached = impact.failing([ids[n] for n in starts])
    assert set(reached) == {ids[n] for n in brute(edges, needed, starts)}
    assert set(reached) <= set(impact.reachable([ids[n] for n in starts]))
    for pk, step in reached.items():
        assert (step.before is None) == (pk in {ids[n] for n in starts})
        if step.before:
            assert reached[step.before].depth + 1 == step.depth
