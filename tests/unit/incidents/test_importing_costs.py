"""An imported incident is read and written once, and ends as it would when every step stood alone."""

from contextlib import nullcontext
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from events.models import Event
from incidents.importing import naming, servicenow
from incidents.importing.replaying import Replay
from incidents.importing.report import Report
from incidents.models import Incident
from sla import services as sla
from sla.models import Clock, Firing, Segment
from tests.unit.incidents.test_importing import EXTRACT, matrix
from tickets.services import door

pytestmark = pytest.mark.django_db
__all__ = ["matrix"]


@pytest.fixture
def replay(matrix):
    """(a replay of the extract, its histories): everything that the log names is made already."""
    sla.install_defaults()
    report = Report()
    histories = servicenow.histories(EXTRACT.read_text("utf-8"), zone=ZoneInfo("UTC"), report=report)
    owner = naming.organisation_called("Costs")
    return Replay(naming.Names(owner, histories), report), histories


def test_an_incident_of_nineteen_updates_costs_a_literal_number_of_statements(replay):
    replayer, histories = replay
    for rows in histories[:3]:
        replayer.run(rows)  # the calendars are compiled from here on
    rows = next(rows for rows in histories if rows[0].number == "INC0000102")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        replayer.run(rows)
    assert len(rows) == 19
    assert len(queries) == 64
    statements = [query["sql"].replace('"', "").split(maxsplit=3) for query in queries]
    for table in ("sla_clock", "tickets_ticket", "incidents_incident"):
        assert sum(words[:2] == ["UPDATE", table] for words in statements) == 1
    assert not any("FOR UPDATE" in query["sql"] for query in queries)


def test_held_rows_end_as_rows_that_are_written_at_every_step(replay, monkeypatch):
    replayer, histories = replay

    def outcome():
        with transaction.atomic():
            for rows in histories:
                replayer.run(rows)
            found = [
                list(rows)
                for rows in (
                    Incident.objects.order_by("source_ref").values_list(
                        "source_ref", "state", "priority", "team", "resolved_at", "due_at", "is_breached", "version"
                    ),
                    Clock.objects.order_by("ticket__source_ref", "metric").values_list(
                        "memory", "stage", "due_at", "base_elapsed", "next_at", "is_breached", "stopped_at"
                    ),
                    Segment.objects.order_by("id").values_list(
                        "stage", "start_at", "end_at", "seconds", "is_superseded"
                    ),
                    Firing.objects.order_by("id").values_list("pct", "due_at", "fired_at", "lateness", "notify"),
                    Event.objects.filter(subject_kind="ticket")
                    .annotate(told=RawSQL("data - 'firing'", ()))
                    .order_by("id")
                    .values_list("name", "at", "actor", "told"),
                )
            ]
            transaction.set_rollback(True)
        return found

    held = outcome()
    monkeypatch.setattr(sla, "holding_clocks", nullcontext)
    monkeypatch.setattr(door, "holding", nullcontext)
    alone = outcome()
    assert len(held[1]) == len(histories)
    assert held == alone
