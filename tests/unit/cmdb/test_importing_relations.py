"""Columns that name other items: relations are made, moved, left alone and taken back like all that is imported."""

import pytest

from cmdb import services as cmdb
from cmdb import targets
from cmdb.models import ConfigurationItem, Relation, RelationType
from cmdb.services import importing
from cmdb.services.importing import writing
from events.models import Event
from tests.imports import by_hand, checked, imported, source, undone

COLUMNS = {"host": "slug", "name": "name_en", "on": "relation_runs-on", "hosts": "reverse_runs-on"}


@pytest.fixture
def hosts(cast):
    """Two machines to run on: one is found by its serial number, one by its name."""
    return [by_hand(cast, "host-1", {"serial_number": "H-1"}), by_hand(cast, "host-2")]


def app(on, **more):
    return {"host": "vm-1", "name": "VM one", "on": on} | more


def related(slug="vm-1") -> list:
    found = Relation.objects.filter(source__slug=slug, relation_type__slug="runs-on")
    return sorted(found.values_list("target__slug", flat=True))


def test_named_by_short_name_serial_number_or_name_they_become_relations(cast, hosts):
    run = imported(cast, source(cast), [app("H-1; host-2")], COLUMNS)
    assert related() == ["host-1", "host-2"] and run.counts == {"create": 1}
    made = Relation.objects.filter(source__slug="vm-1").first()
    assert (made.provider_id, made.dependant_id, made.origin) == (hosts[0].pk, made.source_id, "sheet")
    told = Event.objects.filter(name="item.related", subject_id=hosts[0].pk).get().data
    assert (told["source"], told["target"], told["import"]) == ("vm-1", "host-1", run.pk)
    again = imported(cast, source(cast, "other"), [{"host": "host-1", "name": "host-1", "hosts": "vm-1"}], COLUMNS)
    assert again.counts == {"same": 1}
    assert Relation.objects.filter(relation_type__slug="runs-on").count() == 2


def test_what_is_unknown_unclear_or_itself_is_an_error_of_its_line(cast, hosts):
    for slug, other in (("a", "switch-a"), ("b", "switch-b")):
        by_hand(cast, other)
        ConfigurationItem.objects.filter(slug=other).update(
            name_en="Twin", item_class="switch" if slug == "a" else "server"
        )
    rows = [
        app("nowhere"),
        app("Twin", host="vm-2", name="VM two"),
        {"host": "host-2", "name": "host-2", "on": "host-2"},
    ]
    run = imported(cast, source(cast), rows, COLUMNS)
    assert {line.number: (line.verdict, line.message) for line in run.lines.all()} == {
        2: ("error", "runs on: There is nothing of this name. (nowhere)"),
        3: ("error", "runs on: Several items are called so: name it by its short name. (Twin)"),
        4: ("error", "An item cannot be related to itself."),
    }
    assert not Relation.objects.filter(relation_type__slug="runs-on").exists()


def test_twice_is_no_change_and_another_word_moves_only_what_the_source_made(cast, hosts):
    sheet = source(cast)
    imported(cast, sheet, [app("host-1")], COLUMNS)
    events = Event.objects.filter(subject_kind="item").count()
    assert imported(cast, sheet, [app("host-1")], COLUMNS).counts == {"same": 1}
    assert Event.objects.filter(subject_kind="item").count() == events
    third = by_hand(cast, "host-3")
    vm = ConfigurationItem.objects.get(slug="vm-1")
    cmdb.relate(vm, third, RelationType.objects.get(slug="runs-on"), actor=cast.chen_hao)
    run = imported(cast, sheet, [app("host-2")], COLUMNS)
    assert run.counts == {"update": 1} and related() == ["host-2", "host-3"]
    gone = Event.objects.filter(name="item.unrelated", subject_id=hosts[0].pk).get().data
    assert gone["source"] == "vm-1"
    undone(cast, run)
    assert related() == ["host-1", "host-3"]


def test_a_weak_source_leaves_what_people_related(cast, hosts):
    by_hand(cast, "vm-1")
    vm = ConfigurationItem.objects.get(slug="vm-1")
    cmdb.relate(vm, hosts[0], RelationType.objects.get(slug="runs-on"), actor=cast.chen_hao)
    run = imported(cast, source(cast, rank=40), [{"host": "vm-1", "on": "host-2"}], COLUMNS)
    line = run.lines.get()
    assert run.counts == {"kept": 1} and related() == ["host-1"]
    assert line.kept == {"relation_runs-on": [[hosts[0].pk], sorted(host.pk for host in hosts)]}


def test_undoing_takes_relations_and_items_away_again(cast, hosts):
    by_hand(cast, "old")
    run = imported(cast, source(cast), [app("host-1"), {"host": "old", "hosts": "host-2"}], COLUMNS)
    assert related() == ["host-1"] and related("host-2") == ["old"]
    run = undone(cast, run)
    assert run.state == "undone" and not run.lines.exclude(left="").exists()
    assert not Relation.objects.filter(relation_type__slug="runs-on").exists()
    assert not ConfigurationItem.objects.filter(slug="vm-1").exists()
    assert Event.objects.filter(name="item.unrelated", subject_id=hosts[0].pk).exists()


def test_columns_are_guessed_and_lines_name_the_items(cast, hosts, client):
    run = checked(cast, source(cast), [app("host-1")], COLUMNS)
    assert targets.guess(["运行于", "hosts"], [], RelationType.objects.all()) == {
        "运行于": "relation_runs-on", "hosts": "reverse_runs-on"}  # fmt: skip
    client.force_login(cast.chen_hao)
    page = client.get(f"/cmdb/import/{run.pk}/").content.decode()
    assert "runs on: host-1" in page
    importing.order_apply(run, actor=cast.chen_hao)
    importing.work(run.pk)
    vm = ConfigurationItem.objects.get(slug="vm-1")
    assert "runs on" in client.get(f"/cmdb/{vm.pk}/").content.decode()


def test_what_the_file_makes_itself_is_named_in_any_order(cast, hosts, client):
    rows = [
        app("VM two; host-1"),
        {"host": "vm-2", "name": "VM two", "on": "vm-3"},
        {"host": "vm-3", "name": "VM three", "hosts": "vm-2"},
        {"host": "host-2", "name": "host-2", "hosts": "vm-3"},
    ]
    sheet = source(cast)
    run = checked(cast, sheet, rows, COLUMNS)
    assert run.counts == {"create": 3, "update": 1}
    client.force_login(cast.chen_hao)
    assert "what line 3 makes" in client.get(f"/cmdb/import/{run.pk}/").content.decode()
    importing.order_apply(run, actor=cast.chen_hao)
    importing.work(run.pk)
    assert related() == ["host-1", "vm-2"] and related("vm-2") == ["vm-3"] and related("vm-3") == ["host-2"]
    assert imported(cast, sheet, rows, COLUMNS).counts == {"same": 4}
    run.refresh_from_db()
    assert run.state == "applied"


def test_whoever_names_a_line_that_makes_nothing_is_told_so(cast, hosts):
    rows = [app("vm-2"), {"host": "vm-2", "name": ""}, {"host": "vm-3", "name": "VM three", "on": "vm-3"}]
    run = imported(cast, source(cast), rows, COLUMNS)
    assert {line.number: (line.verdict, line.message) for line in run.lines.all()} == {
        2: ("error", "runs on: There is nothing of this name. (vm-2)"),
        3: ("error", "Give it a name in at least one language."),
        4: ("error", "An item cannot be related to itself."),
    }


def test_undoing_takes_away_what_hangs_together_however_far_apart_its_lines_are(cast, hosts, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    rows = [
        {"host": "vm-3", "name": "VM three", "on": "host-1"},
        {"host": "vm-2", "name": "VM two", "on": "vm-3"},
        app("vm-2"),
    ]
    run = imported(cast, source(cast), rows, COLUMNS)
    assert related() == ["vm-2"] and run.counts == {"create": 3}
    run = undone(cast, run)
    assert not run.lines.exclude(left="").exists()
    assert not ConfigurationItem.objects.filter(slug__startswith="vm-").exists()
