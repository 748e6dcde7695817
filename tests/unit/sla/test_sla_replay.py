"""`manage.py sla_replay FILE`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CASES = Path(__file__).parents[2] / "data" / "sla" / "cases.json"


def test_sla_replay_prints_the_result_of_every_case():
    out = StringIO()
    call_command("sla_replay", str(CASES), stdout=out)
    cases = json.loads(CASES.read_text())["cases"]
    assert json.loads(out.getvalue()) == {case["id"]: case["expect"] for case in cases}


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 9}', '{"format": 1, "cases": []}'])
def test_sla_replay_says_what_is_wrong_with_a_file(content, tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(content)
    with pytest.raises(CommandError, match="cases"):
        call_command("sla_replay", str(file), stdout=StringIO())


def test_sla_replay_says_when_the_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("sla_replay", str(tmp_path / "none.json"), stdout=StringIO())


def with_cases(tmp_path, *cases):
    content = json.loads(CASES.read_text())
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(content | {"cases": [*content["cases"][:2], *cases]}))
    return str(file)


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        ({"id": "odd", "kind": "dance"}, "case odd: .*unknown kind"),
        ({"id": "odd", "kind": "arith", "ops": [{"op": "add", "calendar": "no such"}]}, "case odd: "),
        ({"kind": "arith"}, "case number 3: "),
    ],
)
def test_sla_replay_names_the_case_that_cannot_be_read(case, wrong, tmp_path):
    with pytest.raises(CommandError, match=wrong):
        call_command("sla_replay", with_cases(tmp_path, case), stdout=StringIO())


def test_sla_replay_refuses_an_id_that_comes_twice(tmp_path):
    first = json.loads(CASES.read_text())["cases"][0]
    with pytest.raises(CommandError, match="comes twice"):
        call_command("sla_replay", with_cases(tmp_path, first), stdout=StringIO())
