"""Duplicates on screen: the board counts them, people tell them apart or merge them."""

import pytest

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem, Duplicate
from tests.imports import by_hand

NAMES = "written almost alike"


@pytest.fixture
def pair(cast):
    first = by_hand(cast, "srv-1", {"serial_number": "SN-1"})
    second = by_hand(cast, "srv-01", {"serial_number": "SN-2", "asset_tag": "T-7"}, used_by=cast.li_na)
    cmdb.look_for_duplicates()
    return first, second


@pytest.fixture
def boss(client, cast):
    cast.wang_fang.language = "en"
    cast.wang_fang.save()
    client.force_login(cast.wang_fang)
    return client


def test_the_board_counts_exactly_what_its_list_shows(boss, cast, pair):
    assert 'data-count="1"' in boss.get("/cmdb/health/").content.decode().split('data-figure="duplicates"')[1]
    page = boss.get("/cmdb/duplicates/").content.decode()
    assert page.count('class="card-inner duplicate"') == 1 and NAMES in page and "srv-01" in page
    assert NAMES in boss.get(f"/cmdb/{pair[0].pk}/").content.decode()
    boss.force_login(cast.zhang_wei)
    assert "/merge/?other=" not in boss.get("/cmdb/duplicates/").content.decode()
    assert boss.get(f"/cmdb/{pair[0].pk}/merge/?other=srv-01").status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_for_every_length(boss, cast, django_assert_num_queries, many):
    for n in range(many):
        by_hand(cast, f"one-{n}x"), by_hand(cast, f"one-0{n}x")
    cmdb.look_for_duplicates()
    boss.get("/cmdb/duplicates/")
    with django_assert_num_queries(4):
        page = boss.get("/cmdb/duplicates/").content.decode()
    assert page.count('class="card-inner duplicate"') == many


def test_a_pair_is_told_apart_with_a_reason_and_leaves_the_board(boss, cast, pair):
    url = f"/cmdb/duplicates/{Duplicate.objects.get().pk}/apart/"
    assert boss.post(url, {"why": " "}).status_code == 422
    assert boss.post(url, {"why": "two blades"}).status_code == 302
    again = boss.post(url, {"why": "mine too"})
    assert again.status_code == 409 and b"mine too" in again.content
    assert "No duplicates in sight" in boss.get("/cmdb/duplicates/").content.decode()
    history = boss.get(f"/cmdb/{pair[1].pk}/").content.decode()
    assert "said that it is another thing" in history and "two blades" in history


def test_the_sensible_choice_is_made_beforehand_and_another_is_taken(boss, cast, pair):
    first, second = pair
    url = f"/cmdb/{first.pk}/merge/?other=srv-01"
    page = boss.get(url).content.decode()
    for chosen in ('name="value_serial_number" value="kept"', 'name="used_by" value="other"'):
        assert "checked" in page.split(chosen)[1].split(">")[0]
    typed = {"name_en": "kept", "value_serial_number": "other", "value_asset_tag": "kept", "used_by": "other",
             "version": first.version, "other_version": second.version, "why": "one label"}  # fmt: skip
    assert boss.post(url, typed).status_code == 302
    first.refresh_from_db()
    assert (first.values, first.used_by) == ({"serial_number": "SN-2"}, cast.li_na)
    gone = boss.get(f"/cmdb/{second.pk}/").content.decode()
    assert "turned out to be a duplicate" in gone and f"/cmdb/{first.pk}/" in gone and "/edit/" not in gone
    assert "merged another record into it" in boss.get(f"/cmdb/{first.pk}/").content.decode()
    late = boss.post(url, typed)
    assert late.status_code in (409, 422)


def test_whoever_was_overtaken_sees_what_changed_and_keeps_what_they_chose(boss, cast, pair):
    first, second = pair
    typed = {"name_en": "kept", "value_serial_number": "other", "value_asset_tag": "kept", "used_by": "other",
             "version": first.version, "other_version": second.version, "why": "one label"}  # fmt: skip
    cmdb.edit_item(second, actor=cast.chen_hao, environment="test")
    page = boss.post(f"/cmdb/{first.pk}/merge/?other=srv-01", typed)
    text = page.content.decode()
    assert page.status_code == 409 and "Changed meanwhile" in text and "one label" in text
    assert "checked" in text.split('name="value_serial_number" value="other"')[1].split(">")[0]
    assert "checked" in text.split('name="environment" value="other"')[1].split(">")[0]
    assert ConfigurationItem.objects.get(pk=second.pk).merged_into is None


def test_the_other_record_is_asked_for_and_found_by_its_short_name(boss, pair):
    url = f"/cmdb/{pair[0].pk}/merge/"
    assert "Which other record" in boss.get(url).content.decode()
    wrong = boss.get(f"{url}?other=nothing-like-it")
    assert wrong.status_code == 422 and b"nothing-like-it" in wrong.content
    same = boss.post(f"{url}?other=srv-1", {"version": pair[0].version, "other_version": pair[0].version})
    assert same.status_code == 422 and "merged with itself" in same.content.decode()
