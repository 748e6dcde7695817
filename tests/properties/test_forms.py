"""Forms as data against hostile definitions and answers: nothing raises, and what is kept can be kept again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import form_engine, vocabulary
from catalog.form_engine.defining import MAX_FIELDS

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = ["a", "b", "c", "d"]
TESTS = st.sampled_from(vocabulary.Test.values)


def condition(keys):
    return st.fixed_dictionaries(
        {
            "field": st.sampled_from(keys),
            "test": st.sampled_from(vocabulary.Test.values),
            "value": st.sampled_from(["x", "y", "3"]),
        }
    )


@st.composite
def definitions(draw):
    """Forms that can be published: fields look at fields before them alone."""
    fields = []
    for index, key in enumerate(KEYS):
        field = {"key": key, "kind": draw(st.sampled_from(vocabulary.FieldKind.values)), "label": {"en": key}}
        field["required"] = draw(st.booleans())
        if index and draw(st.booleans()):
            field["visible_if"] = [draw(condition(KEYS[:index]))]
        if index and draw(st.booleans()):
            field["required_if"] = [draw(condition(KEYS[:index]))]
        if field["kind"] in ("choice", "multi_choice"):
            field["choices"] = [{"value": value, "label": {"en": value}} for value in ("x", "y")]
        if field["kind"] == "table":
            field["columns"] = [{"key": "n", "kind": "number", "label": {"en": "n"}, "required": True}]
            field["max_rows"] = 3
        fields.append(field)
    return {"fields": fields}


WORLD = form_engine.World(
    has_person=lambda login: login == "x", has_item=lambda slug: slug == "x", files={key: ["x"] for key in KEYS}
)
VALUES = JUNK | st.sampled_from(["x", "y", 3, "3", True, ["x"], "2026-11-23", "2026-11-23T10:00", [{"n": "2"}]])


@given(junk=JUNK | st.fixed_dictionaries({"fields": st.lists(JUNK, max_size=4)}))
def test_any_value_as_a_definition_is_judged_and_never_raises(junk):
    assert isinstance(form_engine.problems_of(junk), dict)


@given(definition=definitions(), answers=st.dictionaries(st.sampled_from([*KEYS, "zz"]), VALUES, max_size=5) | JUNK)
def test_answers_that_are_kept_are_json_and_are_kept_again_unchanged(definition, answers):
    assert form_engine.problems_of(definition) == {}
    kept, problems = form_engine.clean(definition, answers, WORLD)
    assert json.loads(json.dumps(kept)) == kept
    assert all(messages and all(isinstance(message, str) for message in messages) for messages in problems.values())
    if not problems:
        assert form_engine.clean(definition, kept, WORLD) == (kept, {})


@given(definition=definitions(), answers=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_hidden_fields_are_neither_kept_nor_complained_about(definition, answers):
    kept, problems = form_engine.clean(definition, answers, WORLD)
    if not problems:
        assert set(kept) <= form_engine.visible_keys(definition, kept)
        needed = {f["key"] for f in definition["fields"] if f["required"]} & form_engine.visible_keys(definition, kept)
        assert needed <= set(kept)


def test_visibility_that_turns_in_a_ring_is_refused_and_does_not_hang():
    ring = [
        {"key": key, "kind": "text", "label": {"en": key}, "visible_if": [{"field": other, "test": "filled"}]}
        for key, other in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    assert list(form_engine.problems_of({"fields": ring}).values()) == [
        "Whether this field shows would depend on itself."
    ]
    assert form_engine.visible_keys({"fields": ring}, {"a": "1", "b": "2", "c": "3"}) == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ({"kind": "number", "min": 1, "max": 5}, "6"),
        ({"kind": "number"}, "1e999999999"),
        ({"kind": "number"}, "NaN"),
        ({"kind": "number"}, True),
        ({"kind": "text"}, "x" * 501),
        ({"kind": "date"}, "2026-02-30"),
        ({"kind": "date"}, "9999-12-31"),
        ({"kind": "choice", "choices": [{"value": "a", "label": {"en": "A"}}]}, "b"),
        ({"kind": "multi_choice", "choices": [{"value": "a", "label": {"en": "A"}}]}, ["a", "a"]),
        ({"kind": "person"}, "nobody"),
        ({"kind": "table", "columns": [{"key": "n", "kind": "text", "label": {"en": "n"}}], "max_rows": 2}, [{}] * 3),
        ({"kind": "table", "columns": [{"key": "n", "kind": "text", "label": {"en": "n"}}]}, [{"m": 1}]),
        ({"kind": "attachment"}, ["../../etc/passwd"]),
        ({"kind": "consent", "required": True}, False),
    ],
)
def test_value_that_does_not_fit_is_told_at_its_field(field, value):
    definition = {"fields": [{"key": "f", "label": {"en": "F"}, **field}]}
    kept, problems = form_engine.clean(definition, {"f": value})
    assert (kept, list(problems)) == ({}, ["f"])


def test_form_that_is_too_long_is_refused():
    many = [{"key": f"f{n}", "kind": "text", "label": {"en": "F"}} for n in range(MAX_FIELDS + 1)]
    assert form_engine.problems_of({"fields": many})


def test_differences_tell_what_was_added_changed_moved_and_removed():
    a, b, c = ({"key": key, "kind": "text", "label": {"en": key}} for key in "abc")
    found = form_engine.differences({"fields": [a, b]}, {"fields": [c, {**a, "required": True}]})
    assert [(one.key, one.how, one.names) for one in found] == [
        ("c", "added", ()), ("a", "changed", ("required",)), ("b", "removed", ()),
    ]  # fmt: skip
