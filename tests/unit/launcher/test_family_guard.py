"""A skipped family must not look like success in CI."""

from tests import family_guard


def test_family_is_read_from_the_path():
    assert family_guard.family_of("tests/races/test_x.py::test_y[1]") == "races"
    assert family_guard.family_of("tests/unit/sla/test_x.py::test_y") == "unit"
    assert family_guard.family_of("tests/test_x.py::test_y") == ""


def test_complete_run_has_no_complaints():
    everything = {name: {"passed"} for name in family_guard.FAMILIES}
    assert family_guard.complaints(everything, []) == []


def test_missing_family_and_skipped_test_are_complaints():
    outcomes = {name: {"passed"} for name in family_guard.FAMILIES if name != "browser"}
    lines = family_guard.complaints(outcomes, [("tests/races/test_x.py::test_y", "no threads")])
    assert lines == [
        "no test of the family tests/browser/ passed",
        "skipped: tests/races/test_x.py::test_y: no threads",
    ]
