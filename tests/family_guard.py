"""A pytest plugin: with ITSM_REQUIRE_ALL=1 a skipped test or a missing family fails the run.

On a developer's machine a family may be skipped with its reason (no browser, say); in CI that must
never look like success.
"""

import os
from pathlib import Path

import pytest

FAMILIES = ("unit", "api", "portal", "browser", "properties", "races", "faults", "guards", "benchmarks")
TESTS = Path(__file__).resolve().parent


def required() -> bool:
    """Whether this run has to prove that everything ran."""
    return os.environ.get("ITSM_REQUIRE_ALL") == "1"


def family_of(node_id: str) -> str:
    """The family of a test by its path: `tests/races/test_x.py::test_y` is of `races`."""
    parts = node_id.split("::")[0].split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "tests" else ""


def complaints(outcomes: dict[str, set[str]], skipped: list[tuple[str, str]]) -> list[str]:
    """What speaks against calling the run complete: outcomes by family, skipped tests with reasons."""
    lines = [
        f"no test of the family tests/{name}/ passed" for name in FAMILIES if "passed" not in outcomes.get(name, ())
    ]
    return lines + [f"skipped: {node_id}: {reason}" for node_id, reason in skipped]


class FamilyGuard:
    """Collects what ran; the controller of a parallel run sees the reports of all its workers."""

    def __init__(self):
        self.outcomes: dict[str, set[str]] = {}
        self.skipped: list[tuple[str, str]] = []
        self.lines: list[str] = []

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.skipped.append((report.nodeid, reason))
        elif report.when == "call":
            self.outcomes.setdefault(family_of(report.nodeid), set()).add(report.outcome)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.skipped.append((report.nodeid, str(report.longrepr)))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        self.lines = complaints(self.outcomes, self.skipped)
        if self.lines and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.lines:
            terminalreporter.section("this run does not count as complete", red=True)
            for line in self.lines:
                terminalreporter.line(line)


def pytest_configure(config):
    """Register the guard once, in the process that sees all reports."""
    if required() and not hasattr(config, "workerinput"):
        config.pluginmanager.register(FamilyGuard(), "family-guard")
