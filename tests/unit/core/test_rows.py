"""Many rows in one statement: every value as it was given, keys in the order of the objects."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, transaction

from core import rows
from events.models import DaySeal, Event

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 11, 16, 1, 2, 3, 456789, tzinfo=UTC)


def event(number, **data):
    return Event(name="test.happened", subject_kind="test", subject_id=number, at=INSTANT, data=data)


def test_insert_gives_keys_and_what_the_database_fills_in_to_each_object(django_assert_num_queries):
    made = [event(number) for number in range(30)]
    with django_assert_num_queries(1):
        rows.insert(made)
    stored = {row.pk: row for row in Event.objects.filter(subject_kind="test")}
    assert [stored[one.pk].subject_id for one in made] == list(range(30))
    assert all(one.recorded_at == stored[one.pk].recorded_at for one in made)


def test_insert_keeps_microseconds_quotes_and_nested_json():
    made = event(1, words='a "b" \\ % {} \n 工单', when=INSTANT, nested={"list": [1, None, True]})
    rows.insert([made])
    stored = Event.objects.get(pk=made.pk)
    assert stored.at == INSTANT
    assert stored.data == made.data | {"when": "2026-11-16T01:02:03.456Z"}
    assert (stored.actor_id, stored.request_id, stored.is_public) == (None, "", True)


def test_insert_writes_the_row_that_a_save_writes():
    made, saved = event(1, a=1), event(1, a=1)
    rows.insert([made])
    saved.save()
    own = {"id", "recorded_at", "digest"}
    one, other = (Event.objects.filter(pk=event.pk).values().get() for event in (made, saved))
    assert {k: v for k, v in one.items() if k not in own} == {k: v for k, v in other.items() if k not in own}


def test_inserted_object_is_saved_as_a_row_that_exists():
    made = event(1)
    rows.insert([made])
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        made.save()


def test_update_writes_the_named_columns_only():
    seals = [DaySeal.objects.create(day=INSTANT.date().replace(day=day), count=1, digest="a") for day in (1, 2, 3)]
    for seal in seals:
        seal.count, seal.digest = seal.day.day * 10, "changed in memory only"
    rows.update(seals[:2], {"count"})
    assert list(DaySeal.objects.values_list("count", "digest")) == [(10, "a"), (20, "a"), (1, "a")]


def test_columns_are_inserted_as_objects_are(django_assert_num_queries):
    data = [{"words": 'a "b" \\ % {} \n 工单', "when": INSTANT}, {"nested": {"list": [1, None, True]}}]
    names = ['say "{a,b}" \\', "NULL"]
    with django_assert_num_queries(1):
        keys = rows.insert_columns(
            Event,
            {"name": names, "subject_kind": "test", "subject_id": [1, 2], "at": [INSTANT, INSTANT], "data": data}
            | {"is_public": [True, False], "actor_id": None, "request_id": ""},
        )
    objects = [
        Event(name=name, subject_kind="test", subject_id=number, at=INSTANT, data=given, is_public=number == 1)
        for number, (name, given) in enumerate(zip(names, data, strict=True), start=1)
    ]
    rows.insert(objects)
    own = {"id", "recorded_at", "digest"}
    for key, one in zip(keys, objects, strict=True):
        stored, other = (Event.objects.filter(pk=pk).values().get() for pk in (key, one.pk))
        assert {k: v for k, v in stored.items() if k not in own} == {k: v for k, v in other.items() if k not in own}


def test_what_is_too_long_for_its_column_is_refused_and_never_cut():
    with pytest.raises(DataError), transaction.atomic():
        rows.insert_columns(DaySeal, {"day": [INSTANT.date()], "count": 1, "digest": "x" * 65, "sealed_at": INSTANT})
