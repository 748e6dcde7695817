"""Two people, one number: what must be unique stays so."""

import pytest

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, ItemClass
from core.errors import InvalidInput
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_a_serial_number_entered_twice_at_once_belongs_to_one_item(cast):
    server = ItemClass.objects.get(slug="server")

    def enter(n):
        values = {"serial_number": "SN-1", "asset_tag": f"T{n}"}
        return cmdb.create_item(actor=cast.chen_hao, item_class=server, slug=f"s{n}", name_en=f"s{n}", values=values)

    outcomes = together(6, enter)
    assert sorted(type(one).__name__ for one in outcomes) == ["ConfigurationItem", *["InvalidInput"] * 5]
    assert all(list(one.fields) == ["value_serial_number"] for one in outcomes if isinstance(one, InvalidInput))
    assert ConfigurationItem.objects.filter(values__serial_number="SN-1").count() == 1


def test_one_short_name_and_one_name_are_given_once(cast):
    server = ItemClass.objects.get(slug="server")
    same_slug = together(4, lambda n: cmdb.create_item(
        actor=cast.chen_hao, item_class=server, slug="same", name_en=f"n{n}"))  # fmt: skip
    same_name = together(4, lambda n: cmdb.create_item(
        actor=cast.chen_hao, item_class=server, slug=f"u{n}", name_en="same"))  # fmt: skip
    for outcomes in (same_slug, same_name):
        assert sum(isinstance(one, ConfigurationItem) for one in outcomes) == 1
        assert sum(isinstance(one, InvalidInput) for one in outcomes) == 3
