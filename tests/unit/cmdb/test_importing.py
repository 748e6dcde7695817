"""Imports reconcile: what they make, change, leave alone, dispute, and take back."""

import pytest

from cmdb import services as cmdb
from cmdb.models import Claim, ConfigurationItem, ImportLine, ImportRun
from cmdb.services import importing
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from tests.imports import as_csv, by_hand, checked, held, imported, source, undone

ROW = {"host": "srv-1", "name": "One", "sn": "S-1", "ip": "10.0.0.1", "gb": "64"}


def lines(run):
    return {line.number: (line.verdict, line.message) for line in run.lines.all()}


def test_what_was_shown_is_what_is_written(cast):
    sheet = source(cast)
    run = checked(cast, sheet, [ROW])
    assert run.state == "planned" and run.counts == {"create": 1}
    assert not ConfigurationItem.objects.filter(slug="srv-1").exists()
    shown = run.lines.get().diff
    importing.order_apply(run, actor=cast.chen_hao)
    importing.work(run.pk)
    item = ConfigurationItem.objects.get(slug="srv-1")
    assert run.lines.get().diff == shown
    assert (item.name_en, item.values) == ("One", {"serial_number": "S-1", "ip_address": "10.0.0.1", "memory": 64})
    assert item.findable == "S-1 10.0.0.1" and item.state == "deploying"
    told = Event.objects.get(name="item.created", subject_id=item.pk)
    assert told.actor == cast.chen_hao and told.data["origin"] == "sheet"


def test_twice_is_no_change_but_a_look_at_the_record(cast):
    sheet = source(cast)
    imported(cast, sheet, [ROW])
    events, version = (
        Event.objects.filter(subject_kind="item").count(),
        ConfigurationItem.objects.get(slug="srv-1").version,
    )
    again = imported(cast, sheet, [ROW])
    item = ConfigurationItem.objects.get(slug="srv-1")
    assert again.counts == {"same": 1} and not again.lines.exists()
    assert (Event.objects.filter(subject_kind="item").count(), item.version) == (events, version)
    assert item.verified_how == "Sheet" and item.trust == "verified"


def test_rows_find_their_item_by_the_first_rule_that_fits(cast):
    by_hand(cast, "old-name", {"serial_number": "S-1"})
    run = imported(cast, source(cast), [ROW])
    assert run.counts == {"update": 1}
    assert ConfigurationItem.objects.get(slug="old-name").values["ip_address"] == "10.0.0.1"
    assert not ConfigurationItem.objects.filter(slug="srv-1").exists()


def test_bad_lines_are_named_and_the_good_ones_go_in(cast):
    by_hand(cast, "taken", {"asset_tag": "A-1"})
    rows = [
        ROW,
        ROW | {"host": "srv-2", "name": "Two", "sn": "S-2", "ip": "10.0.0.300"},
        ROW | {"host": "srv-3", "name": "", "sn": "S-3", "ip": ""},
        ROW | {"host": "srv 4", "name": "Four", "sn": "S-4"},
        ROW | {"host": "srv-1b", "name": "Again"},
        ROW | {"host": "srv-6", "name": "One", "sn": "S-6"},
        ROW | {"host": "srv-7", "name": "Seven", "sn": "S-7", "tag": "A-1"},
    ]
    columns = {"host": "slug", "name": "name_en", "sn": "value_serial_number", "ip": "value_ip_address",
               "tag": "value_asset_tag"}  # fmt: skip
    sheet = source(cast, rules=[["value_serial_number"], ["slug"]])
    run = imported(cast, sheet, rows, columns)
    said = lines(run)
    assert said.pop(2)[0] == "create"
    assert said == {
        3: ("error", "IP address: This is no IP address."),
        4: ("error", "Give it a name in at least one language."),
        5: ("error", "“srv 4” is no short name: letters, digits, - and _ only."),
        6: ("conflict", "Line 2 is about the same item."),
        7: ("error", "Another item of this class has this name. (One) Line 2 has it already."),
        8: ("error", "Asset tag: Another item has this value already. (A-1)"),
    }
    assert run.lines.get(number=3).raw["ip"] == "10.0.0.300"
    assert set(ConfigurationItem.objects.filter(item_class="server").values_list("slug", flat=True)) == {
        "taken",
        "srv-1",
    }


def test_several_items_that_fit_are_a_conflict(cast):
    by_hand(cast, "a", {"ip_address": "10.0.0.1"})
    by_hand(cast, "b", {"ip_address": "10.0.0.1"})
    run = imported(cast, source(cast, rules=[["value_ip_address"]]), [ROW])
    assert lines(run) == {2: ("conflict", "It could be any of these: a, b.")}


def test_authority_decides_attribute_by_attribute(cast):
    by_hand(cast, "srv-1", {"memory": 32, "ip_address": "10.9.9.9"})
    weak = source(cast, "weak", rank=40, ranks={"value_memory": 70})
    run = imported(cast, weak, [ROW])
    line = run.lines.get()
    assert line.diff == {"value_serial_number": [None, "S-1"], "value_memory": [32, 64]}
    assert line.kept == {"name_en": ["srv-1", "One"], "value_ip_address": ["10.9.9.9", "10.0.0.1"]}
    strong = source(cast, "strong", rank=80)
    imported(cast, strong, [ROW | {"ip": "10.0.0.2", "gb": "128"}])
    assert held("srv-1")["ip_address"] == "10.0.0.2" and held("srv-1")["memory"] == 128
    late = imported(cast, weak, [ROW | {"gb": "16", "ip": "10.0.0.3"}])
    assert held("srv-1")["memory"] == 128 and late.counts == {"kept": 1}


def test_what_people_write_stands_against_weaker_sources_and_yields_to_stronger_ones(cast):
    weak, strong = source(cast, "weak", rank=40), source(cast, "strong", rank=80)
    imported(cast, weak, [ROW])
    item = ConfigurationItem.objects.get(slug="srv-1")
    cmdb.edit_item(item, actor=cast.chen_hao, values={"memory": 256})
    imported(cast, weak, [ROW])
    assert held("srv-1")["memory"] == 256
    run = imported(cast, strong, [ROW])
    assert held("srv-1")["memory"] == 64 and run.lines.get().diff["value_memory"] == [256, 64]


def test_two_sources_that_disagree_dispute_the_item_until_they_agree(cast):
    one, other = source(cast, "one"), source(cast, "other")
    imported(cast, one, [ROW])
    run = imported(cast, other, [ROW | {"gb": "128"}])
    assert lines(run) == {2: ("conflict", "Two sources of the same authority disagree about: Memory.")}
    assert held("srv-1")["is_disputed"] and held("srv-1")["memory"] == 64
    imported(cast, other, [ROW | {"gb": "64"}])
    assert not held("srv-1")["is_disputed"]


def test_somebody_settles_a_dispute_for_good(cast):
    one, other = source(cast, "one"), source(cast, "other")
    imported(cast, one, [ROW])
    imported(cast, other, [ROW | {"gb": "128"}])
    item = ConfigurationItem.objects.get(slug="srv-1")
    cmdb.edit_item(item, actor=cast.chen_hao, values={"memory": 96})
    cmdb.verify_item(item, actor=cast.chen_hao, how="looked")
    for sheet, gb in ((one, "64"), (other, "128")):
        imported(cast, sheet, [ROW | {"gb": gb}])
    assert held("srv-1")["memory"] == 96 and not held("srv-1")["is_disputed"]


def test_undoing_leaves_what_was_there_before(cast):
    by_hand(cast, "srv-1", {"memory": 32})
    sheet = source(cast)
    run = imported(cast, sheet, [ROW, ROW | {"host": "srv-2", "name": "Two", "sn": "S-2"}])
    assert run.counts == {"update": 1, "create": 1}
    run = undone(cast, run)
    item = ConfigurationItem.objects.get(slug="srv-1")
    assert run.state == "undone" and not ConfigurationItem.objects.filter(slug="srv-2").exists()
    assert (item.name_en, item.values, item.findable) == ("srv-1", {"memory": 32}, "")
    assert not Claim.objects.filter(source=sheet).exists()
    assert Event.objects.filter(name="item.removed").count() == 1


def test_undoing_leaves_what_somebody_changed_since_and_says_so(cast, incident):
    rows = [ROW | {"host": f"srv-{n}", "name": f"N{n}", "sn": f"S-{n}"} for n in range(4)]
    by_hand(cast, "srv-0", {"memory": 32})
    run = imported(cast, source(cast), rows)
    items = {item.slug: item for item in ConfigurationItem.objects.filter(slug__startswith="srv")}
    cmdb.edit_item(items["srv-0"], actor=cast.chen_hao, values={"memory": 512})
    cmdb.edit_item(items["srv-1"], actor=cast.chen_hao, environment="test")
    incident.affected_items.add(items["srv-2"])
    run = undone(cast, run)
    left = dict(run.lines.exclude(left="").values_list("slug", "left"))
    assert left == {
        "srv-0": "Somebody changed this since: memory.",
        "srv-1": "Somebody changed the item since.",
        "srv-2": "Something refers to the item by now.",
    }
    assert held("srv-0")["memory"] == 512 and "serial_number" not in held("srv-0")
    assert not ConfigurationItem.objects.filter(slug="srv-3").exists()


def test_undoing_one_source_gives_the_word_to_the_others(cast):
    imported(cast, source(cast, "one", rank=55), [ROW])
    run = imported(cast, source(cast, "two", rank=70), [ROW | {"gb": "128"}])
    assert held("srv-1")["memory"] == 128
    undone(cast, run)
    assert held("srv-1")["memory"] == 64


def test_an_undone_quarrel_is_no_dispute_any_more(cast):
    imported(cast, source(cast, "one"), [ROW])
    run = imported(cast, source(cast, "other"), [ROW | {"gb": "128"}])
    undone(cast, run)
    assert held("srv-1")["memory"] == 64 and not held("srv-1")["is_disputed"]


def test_what_changed_since_it_was_shown_is_shown_again_before_it_is_written(cast):
    item = by_hand(cast, "srv-1", {"memory": 32})
    run = checked(cast, source(cast), [ROW])
    cmdb.edit_item(item, actor=cast.chen_hao, values={"memory": 48})
    importing.order_apply(run, actor=cast.chen_hao)
    importing.work(run.pk)
    run.refresh_from_db()
    assert run.state == "planned" and "changed since" in run.problem
    assert held("srv-1")["memory"] == 48 and run.lines.get().diff["value_memory"] == [48, 64]


def test_a_new_item_is_live_at_once_only_when_its_record_is_complete(cast):
    columns = {"host": "slug", "name": "name_en", "sn": "value_serial_number", "who": "owner", "team": "support_team",
               "env": "environment", "alone": "standalone"}  # fmt: skip
    whole = {
        "host": "a",
        "name": "A",
        "sn": "1",
        "who": "wang.fang",
        "team": "Network",
        "env": "生产",
        "alone": "spare",
    }
    imported(cast, source(cast), [whole, whole | {"host": "b", "name": "B", "sn": "2", "who": ""}], columns)
    assert dict(ConfigurationItem.objects.filter(slug__in="ab").values_list("slug", "state")) == {
        "a": "live", "b": "deploying"
    }  # fmt: skip


def test_people_and_teams_that_do_not_exist_are_named(cast):
    columns = {"host": "slug", "name": "name_en", "who": "owner", "team": "support_team"}
    run = checked(cast, source(cast), [{"host": "a", "name": "A", "who": "nobody", "team": "none"}], columns)
    assert "Owner: There is nothing of this name. (nobody)" in run.lines.get().message
    assert "Support team: There is nothing of this name. (none)" in run.lines.get().message


def test_a_run_belongs_to_who_uploaded_it_and_to_managers(cast):
    run = imported(cast, source(cast), [ROW])
    with pytest.raises(NotAllowed):
        importing.order_undo(run, actor=cast.zhang_wei)
    with pytest.raises(NotAllowed):
        importing.upload(run.source, actor=cast.li_na, name="x", content=as_csv([ROW]))
    with pytest.raises(Refused):
        importing.order_apply(run, actor=cast.chen_hao)
    assert undone(cast, run, actor=cast.wang_fang).undone_by == cast.wang_fang


def test_columns_must_say_which_item_is_meant_and_each_once(cast):
    run = importing.upload(source(cast), actor=cast.chen_hao, name="x.csv", content=as_csv([ROW]))
    for columns in ({"ip": "value_ip_address"}, {"host": "slug", "name": "slug"}, {"host": "nonsense"}):
        with pytest.raises(InvalidInput):
            importing.map_columns(run, columns, actor=cast.chen_hao)
    assert ImportRun.objects.get(pk=run.pk).state == "uploaded"


def test_a_file_that_fails_again_and_again_is_given_up(cast, monkeypatch):
    run = checked(cast, source(cast), [ROW])
    importing.order_apply(run, actor=cast.chen_hao)
    monkeypatch.setattr("cmdb.services.importing.working.Writer.write", lambda *_: 1 / 0)
    importing.work(run.pk)
    run.refresh_from_db()
    assert run.state == "planned" and "nothing was written" in run.problem
    assert not ConfigurationItem.objects.filter(slug="srv-1").exists() and ImportLine.objects.count() == 1
