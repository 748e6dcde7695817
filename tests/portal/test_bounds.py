"""A node with ten thousand relations, and a graph in which all hangs together: pages stay small and say what they leave
out."""

import pytest
from django.db import connection

from cmdb.models import ConfigurationItem, ItemClass, Relation, RelationType
from cmdb.selectors import impact
from cmdb.selectors.nearby import MOST, Nearby
from core import clock, rows
from tests.landscape import landscape

MANY = 10_000


def hosts(count):
    server = ItemClass.objects.get(slug="server")
    made = (ConfigurationItem(slug=f"h{n}", name_en=f"h{n}", item_class=server) for n in range(count))
    return [one.pk for one in ConfigurationItem.objects.bulk_create(made, 5000)]


def join(dependants, providers):
    runs = RelationType.objects.get(slug="runs-on")
    rows.insert_columns(Relation, {
        "source_id": dependants, "target_id": providers, "relation_type_id": runs.pk, "provider_id": providers,
        "dependant_id": dependants, "origin": "manual", "created_at": clock.now(), "group_id": None,
    })  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cmdb_relation, cmdb_configurationitem")


@pytest.fixture
def star(cast):
    """A switch on which ten thousand servers depend."""
    switch = ConfigurationItem.objects.create(
        slug="core", name_en="core", item_class=ItemClass.objects.get(slug="switch")
    )
    join(hosts(MANY), [switch.pk] * MANY)
    return switch


@pytest.fixture
def desk(client, cast):
    cast.chen_hao.language = "en"
    cast.chen_hao.save()
    client.force_login(cast.chen_hao)
    return client


def read(desk, url, django_assert_max_num_queries, queries):
    with django_assert_max_num_queries(queries):
        page = desk.get(url)
    assert page.status_code == 200 and len(page.content) < 500_000
    return page.content.decode()


def test_the_page_of_a_node_with_ten_thousand_relations_is_small_and_says_so(
    desk, star, django_assert_max_num_queries
):  # fmt: skip
    page = read(desk, f"/cmdb/{star.pk}/", django_assert_max_num_queries, 40)
    assert f"more than {MOST:,}" in page or f"more than {MOST}" in page
    assert "Only the nearest are listed here" in page and "Only the first 30 are listed here" in page
    whole = read(desk, f"/cmdb/{star.pk}/relations/", django_assert_max_num_queries, 12)
    assert whole.count('class="link-row"') == 50
    after = Relation.objects.order_by("pk").values_list("pk", flat=True)[49]
    assert f"after={after}" in whole
    last = read(desk, f"/cmdb/{star.pk}/relations/?after={Relation.objects.last().pk - 1}",
                django_assert_max_num_queries, 12)  # fmt: skip
    assert last.count('class="link-row"') == 1 and "More relations" not in last


def test_the_graph_of_such_a_node_draws_groups_and_says_that_there_is_more(desk, star, django_assert_max_num_queries):
    for way in ("down", "both"):
        page = read(desk, f"/cmdb/{star.pk}/graph/?way={way}&depth=8", django_assert_max_num_queries, 25)
        assert "There are still more items" in page and r"Server \u00d7 701" in page
    leaf = Relation.objects.first().source_id
    page = read(desk, f"/cmdb/{leaf}/graph/?way=up&depth=8", django_assert_max_num_queries, 25)
    assert "There are still more items" not in page and ">core<" in page


def test_services_are_named_however_far_beyond_what_is_drawn_they_are(desk, star, cast, django_assert_max_num_queries):
    last = Relation.objects.order_by("pk").last().source_id
    join([cast.erp.pk], [last])
    page = read(desk, f"/cmdb/{star.pk}/graph/?depth=1", django_assert_max_num_queries, 25)
    told = page.split("data-services")[1].split("</section>")[0]
    assert f"/cmdb/{cast.erp.pk}/" in told


def test_relations_of_such_a_node_come_in_pages_through_the_api(desk, star, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = desk.get(f"/api/v1/relations/?target={star.pk}").json()
    assert len(page["results"]) <= 100 and page["next"]


def test_where_all_hangs_together_a_walk_ends_after_the_nearest(desk, cast, django_assert_max_num_queries):
    ring = hosts(MANY)
    join(ring * 3, ring[1:] + ring[:1] + ring[7:] + ring[:7] + ring[501:] + ring[:501])
    near = Nearby(ring[0]).failing()
    assert near.has_more and len(near.reached) == MOST + 1
    exact = impact.failing([ring[0]])
    assert len(exact) == MANY and all(exact[pk].depth == step.depth for pk, step in near.reached.items())
    page = read(desk, f"/cmdb/{ring[0]}/", django_assert_max_num_queries, 40)
    assert page.count("more than 1") == 2


def test_what_is_small_is_read_whole_and_agrees_with_the_exact_walk(cast):
    land = landscape(cast)
    for slug in ("core", "host-1", "cluster", "app", "erp"):
        pk = land[slug].pk
        down, up = Nearby(pk, way="down"), Nearby(pk, way="up")
        assert down.failing() == (impact.failing([pk]), False)
        assert down.reachable(most_depth=2) == (impact.reachable([pk], most_depth=2), False)
        assert up.reachable() == (impact.needs([pk]), False)
    assert Nearby(land["core"].pk, most=2).reachable().has_more
    assert not Nearby(land["core"].pk, most=4).reachable(most_depth=1).has_more
