"""A real ServiceNow audit log, replayed: states, instants and people match it; nothing is done twice."""

import csv
from collections import defaultdict
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, Organisation, Team, User
from cmdb.models import Service
from core import clock
from events.models import Delivery, Event
from incidents.models import Incident
from problems.models import Sighting
from problems.services import sighting
from sla import services as sla
from sla.models import Clock
from tests.cast import make_cast
from tickets.models import Category, Ticket

EXTRACT = Path(__file__).parents[2] / "data" / "uci498" / "extract.csv"
pytestmark = pytest.mark.django_db


def log():
    """{number: rows as dictionaries} of the extract."""
    with EXTRACT.open(encoding="utf-8") as file:
        found = defaultdict(list)
        for row in csv.DictReader(file):
            found[row["number"]].append(row)
    return found


def instant(text):
    return datetime.strptime(text, "%d-%m-%Y %H:%M").replace(tzinfo=UTC)


def run(path, **options):
    out = StringIO()
    call_command("import_log", str(path), stdout=out, **options)
    return out.getvalue()


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def matrix(db):
    """The priority matrix, also after a transactional test emptied the tables."""
    from tests.cast import MATRIX
    from tickets.models import PriorityRule

    if not PriorityRule.objects.exists():
        PriorityRule.objects.bulk_create(PriorityRule(impact=i, urgency=u, priority=p) for (i, u), p in MATRIX.items())


@pytest.fixture
def imported(matrix):
    run(EXTRACT)
    return {incident.source_ref: incident for incident in Incident.objects.filter(source="servicenow-audit")}


def test_every_incident_of_the_log_is_there_with_its_final_state_and_instants(imported):
    histories = log()
    assert imported.keys() == histories.keys()
    for number, rows in histories.items():
        incident, last = imported[number], rows[-1]
        assert incident.state == "closed", number
        assert incident.closed_at == instant(last["closed_at"]), number
        assert incident.priority == int(last["priority"][0]), number
        assert incident.created_at == min(instant(rows[0]["opened_at"]), instant(rows[0]["sys_updated_at"])), number
        resolved = [instant(row["sys_updated_at"]) for row in rows if row["incident_state"] == "Resolved"]
        assert incident.resolved_at in resolved, number


def test_what_is_imported_is_compared_with_others_once_the_log_is_through(imported, deliver, monkeypatch):
    since = min(incident.created_at for incident in imported.values())
    monkeypatch.setattr(sighting, "remembered", lambda: clock.recorded_now() - since)
    assert not Sighting.objects.exists()
    assert deliver()
    assert Sighting.objects.count() == len(imported)


def test_reopened_incident_counts_its_reopening_and_hand_overs(imported):
    rows = log()["INC0000102"]
    incident = imported["INC0000102"]
    assert incident.reopen_count == max(int(row["reopen_count"]) for row in rows) == 1
    assert incident.reassignment_count == max(int(row["reassignment_count"]) for row in rows)


def test_waiting_maps_to_our_pending_reasons(imported):
    reasons = {event.data["values"]["pending_reason"] for event in Event.objects.filter(name="incident.held")}
    states = {row["incident_state"] for rows in log().values() for row in rows}
    assert {"Awaiting User Info", "Awaiting Vendor"} <= states
    assert {"caller", "vendor"} <= reasons


def test_events_carry_the_instants_and_people_of_the_log(imported):
    rows = log()["INC0000064"]
    allowed = {instant(row["sys_updated_at"]) for row in rows} | {instant(rows[0]["opened_at"])}
    events = Event.objects.filter(subject_id=imported["INC0000064"].pk)
    assert {event.at for event in events} <= allowed
    resolved = events.get(name="incident.resolved")
    row = next(row for row in rows if row["incident_state"] == "Resolved")
    assert resolved.actor.name == row["sys_updated_by"]
    assert imported["INC0000064"].assignee.name == rows[-1]["assigned_to"]
    assert imported["INC0000064"].team.name_en == rows[-1]["assignment_group"]


def test_people_of_the_log_cannot_sign_in_and_its_words_are_not_offered(imported):
    owner = Organisation.objects.get(name_en="ServiceNow log (UCI 498)")
    assert not User.objects.filter(organisation=owner, is_active=True).exists()
    assert not any(user.has_usable_password() for user in User.objects.filter(organisation=owner))
    assert not Team.objects.filter(serves=owner, is_active=True).exists()
    assert not Category.objects.filter(is_active=True).exists()
    assert not Service.objects.filter(organisation=owner, is_offered=True).exists()


def test_history_notifies_nobody(imported):
    assert set(Delivery.objects.values_list("event__name", flat=True)) == {"organisation.log_imported"}


def test_service_level_of_the_log_is_kept_as_a_bracket(imported):
    for number, rows in log().items():
        stamp = Event.objects.get(name="incident.imported", subject_id=imported[number].pk)
        broken = [row for row in rows if row["made_sla"] == "FALSE"]
        assert (stamp.data["made_sla"] is None) == (not broken), number
        if broken:
            assert datetime.fromisoformat(stamp.data["made_sla"][1]) == instant(broken[0]["sys_updated_at"])


def test_importing_twice_changes_nothing(imported):
    def counts():
        return [m.objects.count() for m in (Event, Ticket, User, Team, Membership, Category, Service, Organisation)]

    before, versions = counts(), dict(Ticket.objects.values_list("pk", "version"))
    said = run(EXTRACT)
    assert counts() == before
    assert dict(Ticket.objects.values_list("pk", "version")) == versions
    assert f"{len(imported)} unchanged" in said


def test_a_longer_log_goes_on_where_the_shorter_one_ended(matrix, tmp_path):
    lines = EXTRACT.read_text("utf-8").splitlines()
    rows = [line for line in lines[1:] if line.startswith("INC0000064,")]
    run(write(tmp_path, "\n".join([lines[0], *rows[:5]])))
    incident = Incident.objects.get(source_ref="INC0000064")
    assert incident.state == "in_progress"
    said = run(write(tmp_path, "\n".join([lines[0], *rows])))
    incident.refresh_from_db()
    assert incident.state == "closed"
    assert "1 continued" in said
    assert Event.objects.filter(subject_id=incident.pk, name="incident.reported").count() == 1


def test_a_changed_history_is_refused_and_left_alone(matrix, tmp_path):
    lines = EXTRACT.read_text("utf-8").splitlines()
    rows = [line for line in lines[1:] if line.startswith("INC0000064,")]
    run(write(tmp_path, "\n".join([lines[0], *rows[:5]])))
    altered = [rows[0].replace("Group 70", "Group 71"), *rows[1:]]
    said = run(write(tmp_path, "\n".join([lines[0], *altered])))
    assert "differs" in said and "1 refused" in said
    assert Incident.objects.get(source_ref="INC0000064").state == "in_progress"


def test_bad_rows_are_named_by_line_and_skipped(matrix, tmp_path):
    lines = EXTRACT.read_text("utf-8").splitlines()
    first = lines[1]
    text = "\n".join(
        [
            *lines[:6],
            "INC9,New",
            first.replace("29-02-2016 01:23", "99-99-2016 01:23"),
            first.replace("INC0000045,New", "INC0000045,Daydreaming"),
            first.replace("29-02-2016 01:23", "31-12-9999 23:59"),
            first.replace("2 - Medium", "vast"),
            first.replace("INC0000045", "\0", 1),
            *lines[6:],
        ]
    )
    said = run(write(tmp_path, text))
    for line, reason in ((7, "2 columns"), (8, "99-99-2016"), (9, "Daydreaming"), (10, "9999"), (11, "vast"), (12, "")):
        assert f"line {line} skipped: " in said
        assert reason in said
    assert "6 rows skipped" in said
    assert Incident.objects.count() == len(log())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_log_is_read_in_the_encodings_people_export(matrix, tmp_path, encoding):
    text = "\n".join(EXTRACT.read_text("utf-8").splitlines()[:5]).replace("Group 56", "网络组")
    run(write(tmp_path, text, encoding))
    assert Team.objects.filter(name_zh="网络组").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "columns are missing"),
        (b"number,incident_state\nINC1,New\n", "sys_updated_at"),
        (b"\xff\xff\xff\x00\x81", "neither UTF-8 nor GB18030"),
    ],
)
def test_a_file_that_is_no_log_is_refused_in_words(matrix, tmp_path, content, message):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run(path)
    assert not Organisation.objects.exists()


def test_a_missing_file_an_unknown_zone_and_an_unknown_team_are_refused_in_words(matrix, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="time zone"):
        run(EXTRACT, time_zone="Mars/Olympus")
    with pytest.raises(CommandError, match="no team"):
        run(EXTRACT, served_by=["nobody"])


def test_a_manager_sees_the_log_when_a_team_of_theirs_serves_it(db):
    cast = make_cast()
    run(EXTRACT, served_by=["it-operations"])
    assert Ticket.objects.visible_to(cast.wang_fang).count() == len(log())
    assert Ticket.objects.visible_to(cast.stranger).count() == 0


def test_a_log_without_answers_is_judged_by_its_resolutions_only(matrix):
    """Nobody recorded when somebody was first answered: no response clock may claim that it was late."""
    sla.install_defaults()
    run(EXTRACT)
    metrics = Clock.objects.filter(ticket__organisation__name_en="ServiceNow log (UCI 498)").values_list("metric")
    assert list(metrics.distinct().order_by()) == [("resolution",)]
    assert metrics.count() == len(log())


def test_an_answer_that_the_log_does_not_tell_of_is_not_measured(imported):
    """A solution counts as the first answer only where an earlier one would have been on record."""
    assert all(incident.resolved_at and incident.responded_at is None for incident in imported.values())
    events = Event.objects.filter(subject_id__in=[i.pk for i in imported.values()], data__has_key="facts")
    assert not any(event.data["facts"]["has_responded"] for event in events)


def test_a_step_that_our_rules_refuse_is_counted_and_leaves_no_trace(matrix, tmp_path):
    """Reopened after the fourteen days in which that is possible: it stays resolved, the rest of the row counts."""
    lines = EXTRACT.read_text("utf-8").splitlines()
    text = "\n".join([lines[0], *(line for line in lines if line.startswith("INC0000102,"))])
    assert text.count(",17-03-2016") >= 2
    late = "\n".join(
        line.replace(",17-03-2016", ",17-04-2016").replace(",24-03-2016", ",24-04-2016") for line in text.splitlines()
    )
    said = run(write(tmp_path, late))
    incident = Incident.objects.get(source_ref="INC0000102")
    assert "refused by our rules (INC0000102, line 18" in said
    assert (incident.state, incident.reopen_count) == ("closed", 0)
    assert incident.resolved_at.date().isoformat() == "2016-03-14"
    steps = Event.objects.filter(subject_id=incident.pk).order_by("id").values_list("data__version", flat=True)
    assert [v for v in steps if v is not None] == sorted(v for v in steps if v is not None)
    assert incident.version == max(v for v in steps if v is not None)


def test_an_agreement_of_an_organisation_that_was_there_before_is_left_alone(matrix):
    sla.install_defaults()
    owner = Organisation.objects.create(slug="known", name_zh="Known", name_en="Known", kind="customer")
    run(EXTRACT, organisation="Known")
    assert not owner.agreements.exists()
    assert Clock.objects.filter(ticket__organisation=owner, metric="response").exists()
