"""Cells that a spreadsheet would run are made harmless."""

import pytest

from core.text import safe_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "  =1", "\u3000@x", "=cmd|' /C calc'!A0"],
)
def test_formulas_become_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "text"), [(None, ""), ("ERP 慢", "ERP 慢"), (12, "12"), ("a=b", "a=b"), ("", "")])
def test_ordinary_cells_stay_as_they_are(value, text):
    assert safe_cell(value) == text
