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
