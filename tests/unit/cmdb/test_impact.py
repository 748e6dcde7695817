"""What fails if this fails: along the verbs, through rings, with redundancy respected."""

import pytest

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, ItemClass, RelationType
from cmdb.selectors import impact
from tests.landscape import landscape


@pytest.fixture
def land(cast):
    return landscape(cast)


def named(land, reached):
    return {land.names[pk]: step.depth for pk, step in reached.items()}


def test_a_switch_takes_its_server_and_the_service_on_it_along(land, django_assert_num_queries):
    with django_assert_num_queries(2):  # the graph, and the groups met in it
        reached = impact.failing([land["core"].pk])
    assert named(land, reached) == {"core": 0, "host-1": 1, "host-2": 1, "host-3": 1, "cluster": 2, "app": 3, "erp": 4}
    way = impact.path(reached, land["erp"].pk)
    assert [(relation.relation_type.slug, item.slug) for relation, item in way][-1] == ("depends-on", "erp")
    assert [item.slug for _relation, item in way][1:] == ["cluster", "app", "erp"]


def test_a_group_bears_the_loss_of_what_it_does_not_need(land):
    assert named(land, impact.failing([land["host-1"].pk])) == {"host-1": 0}
    assert set(named(land, impact.reachable([land["host-1"].pk]))) == {"host-1", "cluster", "app", "erp"}
    both = impact.failing([land["host-1"].pk, land["host-2"].pk])
    assert named(land, both) == {"host-1": 0, "host-2": 0, "cluster": 1, "app": 2, "erp": 3}
    ConfigurationItem.objects.filter(slug="host-3").update(state="retired")
    assert "cluster" in named(land, impact.failing([land["host-1"].pk]))  # two were left of three, both are needed


def test_depth_is_bounded_and_rings_end(cast, land):
    assert set(named(land, impact.failing([land["core"].pk], most_depth=1))) == {"core", "host-1", "host-2", "host-3"}
    depends = RelationType.objects.get(slug="depends-on")
    cmdb.relate(land["core"], land["erp"], depends, actor=cast.chen_hao)
    assert len(impact.failing([land["core"].pk])) == len(impact.needs([land["core"].pk])) == 7


def test_needs_looks_the_other_way(land):
    assert set(named(land, impact.needs([land["app"].pk]))) == {"app", "cluster", "host-1", "host-2", "host-3", "core"}


def test_ten_thousand_relations_on_one_item_are_one_statement(cast, land, django_assert_num_queries):
    from cmdb.models import Relation
    from core import clock

    server = ItemClass.objects.get(slug="server")
    many = ConfigurationItem.objects.bulk_create(
        ConfigurationItem(slug=f"s-{n}", name_en=f"s-{n}", item_class=server) for n in range(10_000)
    )
    runs = RelationType.objects.get(slug="runs-on")
    Relation.objects.bulk_create(
        Relation(source=one, target=land["core"], relation_type=runs, provider=land["core"], dependant=one,
                 created_at=clock.now())
        for one in many
    )  # fmt: skip
    with django_assert_num_queries(2):
        assert len(impact.failing([land["core"].pk])) == 10_007
