"""What brings two records together, and what does not."""

import pytest

from cmdb.likeness import MOST_ALIKE, Record, groups, number_signs, pairs, written_alike


def record(pk=1, *names, organisation=None, item_class="server", numbers=(), addresses=()):
    return Record(pk, organisation, item_class, names, dict(numbers), tuple(addresses))


def share_a_name(one, other):
    return (1, 2) in pairs(groups([record(1, one), record(2, other)]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ERP-DB 01", "erp_db1"),
        ("ＥＲＰ数据库", "erp 数据库"),
        ("Cisco Catalyst 9300", "cisco catalist 9300"),
        ("finance printer", "fniance printer"),
        ("core-swittch-2", "core-switch-02"),
    ],
)
def test_names_that_differ_in_writing_alone_are_brought_together(one, other):
    assert share_a_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("host-1", "host-2"),
        ("host-1", "host-10"),
        ("hall a east", "hall b east"),
        ("servera", "serverb"),
        ("财务部打印机", "法务部打印机"),
        ("srv-101", "srv-011"),
    ],
)
def test_numbers_single_letters_and_other_words_keep_things_apart(one, other):
    assert not share_a_name(one, other)


def test_numbers_are_compared_as_people_mean_them_and_addresses_with_the_name():
    one = record(1, "erp db", numbers={"value_serial_number": "sn-0012"}, addresses=["10.0.0.1"])
    other = record(2, "ERP-DB", numbers={"value_serial_number": "SN 12"}, addresses=["10.0.0.1"])
    shared = number_signs(one) & number_signs(other)
    assert shared == {("value_serial_number", "sn12"), ("address", "10.0.0.1", "erpdb")}
    assert written_alike("") == "" and number_signs(record(3, "", numbers={"value_asset_tag": "-"})) == set()
    assert not number_signs(record(4, "web", addresses=["10.0.0.1"])) & number_signs(one)


def test_each_is_brought_together_with_the_earliest_of_the_same_customer():
    members = [(5, None), (3, 1), (9, 2), (7, 1)]
    assert pairs([("name", members)]) == {(3, 5): {"name"}, (3, 7): {"name"}, (5, 9): {"name"}}


def test_what_more_than_twenty_carry_is_a_filler():
    few, many = ([(n, None) for n in range(count)] for count in (MOST_ALIKE, MOST_ALIKE + 1))
    assert len(pairs([("value_serial_number", few)])) == MOST_ALIKE - 1
    assert pairs([("value_serial_number", many)]) == {}
