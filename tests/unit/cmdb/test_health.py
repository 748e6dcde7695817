"""Completeness and freshness: every figure is the length of the list it opens."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from cmdb import services as cmdb
from cmdb.forms.items import FilterForm
from cmdb.models import Attribute, ConfigurationItem, ItemClass
from cmdb.selectors import completeness, health, listing
from cmdb.vocabulary import Lack
from core import clock
from tests.landscape import landscape


@pytest.fixture
def land(cast):
    """The landscape, and records that lack something each, in a class with a required attribute."""
    made = landscape(cast)
    server = ItemClass.objects.get(slug="server")
    Attribute.objects.filter(item_class=server, key="memory").update(is_required=True)
    for n, facts in enumerate(({"owner": cast.wang_fang}, {"environment": "test", "standalone": "spare"}, {})):
        cmdb.create_item(actor=cast.chen_hao, item_class=server, slug=f"bare-{n}", name_en=f"bare-{n}", **facts)
    cmdb.edit_item(made["host-1"], actor=cast.chen_hao, values={"memory": 64, "serial_number": "1", "asset_tag": "2"})
    for slug, days in (("host-1", 1), ("host-2", 400)):
        cmdb.verify_item(made[slug], actor=cast.chen_hao, how="seen", at=clock.now() - timedelta(days=days))
    cmdb.dispute_item(made["host-3"], actor=cast.chen_hao, why="gone")
    return made


def figures(row):
    return [row.items, *row.lacks.values(), *row.trust.values()]


def test_every_figure_opens_as_many_rows_as_it_says(cast, land):
    total, rows = health.board(cast.chen_hao)
    checked = 0
    for figure in [one for row in (total, *rows) for one in figures(row)]:
        form = FilterForm(cast.chen_hao, dict(parse_qsl(urlsplit(figure.url).query)))
        assert listing.filtered(cast.chen_hao, form.asked()).count() == figure.count, figure.url
        checked += figure.count > 0
    assert checked > 20
    assert total.items.count == ConfigurationItem.objects.visible_to(cast.chen_hao).in_use().count()


def test_the_conditions_agree_with_what_a_record_says_of_itself(cast, land):
    conditions = completeness.conditions()
    lacking = set(ConfigurationItem.objects.filter(conditions[Lack.ANYTHING]).values_list("slug", flat=True))
    complete = set(ConfigurationItem.objects.filter(conditions[Lack.NOTHING]).values_list("slug", flat=True))
    every = list(ConfigurationItem.objects.select_related("item_class"))
    assert lacking == {one.slug for one in every if one.what_is_missing()}
    assert complete == {one.slug for one in every} - lacking
    assert "host-1" in complete and {"host-2", "bare-1"} <= lacking  # no memory


def test_a_class_counts_its_own_items_and_shares_are_rounded_down(cast, land, django_assert_num_queries):
    with django_assert_num_queries(6):  # attributes asked for (twice two), the figures, the classes
        _total, rows = health.board(cast.chen_hao)
    server = next(row for row in rows if row.item_class.slug == "server")
    assert (server.items.count, server.complete, server.fresh) == (6, 16, 16)
    assert (server.trust["stale"].count, server.trust["disputed"].count, server.trust["unverified"].count) == (1, 1, 3)
    assert server.lacks[Lack.RELATION].count == 2


def test_nobody_counts_what_they_may_not_see(cast, land):
    ConfigurationItem.objects.filter(slug="host-1").update(organisation=cast.other)
    total, _rows = health.board(cast.chen_hao)
    assert total.items.count == ConfigurationItem.objects.visible_to(cast.chen_hao).in_use().count()
