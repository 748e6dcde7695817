"""Items as records: what they owe, who may write, what is never overwritten, what stays as it was."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cmdb import attributes
from cmdb import services as cmdb
from cmdb.models import Attribute, Baseline, ConfigurationItem, ItemClass, Relation, RelationType
from cmdb.selectors import baselines, impact, listing
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from events.models import Event
from tests.landscape import landscape


@pytest.fixture
def land(cast):
    return landscape(cast)


def make(cast, slug="srv-9", **facts):
    server = ItemClass.objects.get(slug="server")
    return cmdb.create_item(actor=cast.chen_hao, item_class=server, slug=slug, name_en=slug, **facts)


def test_an_item_goes_live_only_when_nothing_is_missing(cast):
    item = make(cast)
    item = cmdb.take_step(item, "deploy", actor=cast.chen_hao)
    with pytest.raises(Refused, match="owner, support team, environment, a relation"):
        cmdb.take_step(item, "go_live", actor=cast.chen_hao)
    cmdb.edit_item(
        item, actor=cast.chen_hao, owner=cast.wang_fang, support_team=cast.network, environment="test",
        standalone="a spare",
    )  # fmt: skip
    item = cmdb.take_step(item, "go_live", actor=cast.chen_hao)
    assert (item.state, item.is_active) == ("live", True)
    with pytest.raises(NotAllowed):
        cmdb.edit_item(item, actor=cast.li_na, name_en="mine")


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [("ip_address", " 10.0.0.7 ", "10.0.0.7"), ("mac_address", "AA-BB-CC-00-11-22", "aa:bb:cc:00:11:22"),
     ("memory", "1,024", 1024), ("warranty_until", "2027-01-31", "2027-01-31"), ("memory", "", None)],
)  # fmt: skip
def test_values_are_kept_in_their_usual_form(cast, key, typed, kept):
    assert make(cast, values={key: typed}).values.get(key) == kept


@pytest.mark.parametrize(
    ("key", "typed"),
    [("ip_address", "10.0.0.300"), ("mac_address", "zz"), ("memory", "much"), ("memory", "NaN"),
     ("warranty_until", "31.1."), ("nonsense", "x")],
)  # fmt: skip
def test_values_that_do_not_fit_are_refused_by_name(cast, key, typed):
    with pytest.raises(InvalidInput) as refused:
        make(cast, values={key: typed})
    assert list(refused.value.fields) == [f"value_{key}"]


def test_names_and_serial_numbers_are_taken_once(cast):
    make(cast, values={"serial_number": "S-1"})
    with pytest.raises(InvalidInput) as refused:
        cmdb.create_item(
            actor=cast.chen_hao, item_class=ItemClass.objects.get(slug="server"), slug="other", name_en="srv-9",
            values={"serial_number": "S-1"},
        )  # fmt: skip
    assert set(refused.value.fields) == {"name_en", "value_serial_number"}
    found = ConfigurationItem.objects.visible_to(cast.zhang_wei).found("s-1")
    assert [item.slug for item in found] == ["srv-9"]


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(cast):
    item = make(cast)
    cmdb.edit_item(item, actor=cast.chen_hao, version=item.version, environment="test", why="moved")
    with pytest.raises(Stale) as stale:
        cmdb.edit_item(item, actor=cast.liu_yang, version=item.version, environment="production")
    assert [event.data["after"] for event in stale.value.changes] == [{"environment": "test"}]
    item.refresh_from_db()
    assert item.environment == "test"
    told = Event.objects.get(name="item.edited").data
    assert (told["before"], told["why"], told["origin"]) == ({"environment": ""}, "moved", "manual")


def test_trust_is_computed(cast, time_machine):
    item = make(cast)
    assert item.trust == "unverified"
    item = cmdb.verify_item(item, actor=cast.chen_hao, how="seen in the rack")
    assert item.trust == "verified"
    item = cmdb.dispute_item(item, actor=cast.zhang_wei, why="it is not there")
    assert item.trust == "disputed"
    item = cmdb.verify_item(item, actor=cast.chen_hao, how="found", at=clock.now() - timedelta(days=91))
    assert item.trust == "stale"
    assert list(listing.filtered(cast.zhang_wei, {"trust": "stale"}).values_list("slug", flat=True)) == ["srv-9"]


def test_retiring_asks_for_an_acceptance_that_names_every_live_dependant(cast, land):
    with pytest.raises(Refused, match="cluster"):
        cmdb.take_step(land["host-1"], "retire", actor=cast.chen_hao)
    with pytest.raises(Refused):
        cmdb.take_step(land["host-1"], "retire", actor=cast.chen_hao, values={"accepted": "app"})
    item = cmdb.take_step(land["host-1"], "retire", actor=cast.chen_hao, values={"accepted": "cluster"})
    assert (item.state, item.is_active) == ("retired", False)


def test_an_attribute_in_use_is_retired_and_its_values_are_shown_as_former(cast):
    item = make(cast, values={"rack": "A3"})
    rack = Attribute.objects.get(item_class__slug="server", key="rack")
    with pytest.raises(NotAllowed):
        cmdb.remove_attribute(rack, actor=cast.chen_hao)
    assert cmdb.remove_attribute(rack, actor=cast.wang_fang) is True
    asked, former = listing.facts_of(item)
    assert "rack" not in [one.key for one, _value in asked] and former == [("Rack position", "A3")]
    cmdb.edit_item(item, actor=cast.chen_hao, values={"memory": 8})
    assert ConfigurationItem.objects.get(pk=item.pk).values == {"rack": "A3", "memory": 8}
    unused = Attribute.objects.get(item_class__slug="server", key="cores")
    assert cmdb.remove_attribute(unused, actor=cast.wang_fang) is False
    assert not Attribute.objects.filter(pk=unused.pk).exists()


def test_relations_join_two_once(cast, land):
    runs = RelationType.objects.get(slug="runs-on")
    with pytest.raises(InvalidInput):
        cmdb.relate(land["app"], land["app"], runs, actor=cast.chen_hao)
    with pytest.raises(Refused, match="already"):
        cmdb.relate(land["app"], land["cluster"], runs, actor=cast.chen_hao)
    cmdb.keep_relation_type(runs, actor=cast.wang_fang, impact="none")
    assert set(impact.failing([land["cluster"].pk])) == {land["cluster"].pk}
    assert Relation.objects.filter(relation_type=runs, group__isnull=False).count() == 0


def test_a_baseline_stays_and_tells_what_changed_since(cast, land):
    frozen = cmdb.take_baseline(land["erp"], actor=cast.chen_hao, name="Before", is_whole=True)
    assert set(frozen.content) == {"erp", "app", "cluster", "host-1", "host-2", "host-3", "core"}
    cmdb.edit_item(land["host-1"], actor=cast.chen_hao, values={"memory": 64})
    now = baselines.content_of(land["erp"], is_whole=True)
    assert baselines.differences(frozen.content, now) == [("host-1", "memory", None, 64)]
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Baseline.objects.update(name="After")


def test_a_class_never_stands_below_itself(cast):
    top, below = ItemClass.objects.get(slug="infrastructure"), ItemClass.objects.get(slug="server")
    with pytest.raises(InvalidInput):
        cmdb.keep_class(top, actor=cast.wang_fang, parent=below)
    assert attributes.checked(Attribute(kind="choice", choices={"a": ["甲", "A"]}), "甲") == "a"
