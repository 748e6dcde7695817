"""The auditor finds nothing in an honest account, and whatever was tampered with."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from incidents import services as incidents
from sla import services
from sla.models import AuditRun, Clock, Firing, Segment
from sla.services import auditing
from tests.monday import MONDAY, at, take
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(cast):
    """A ticket with a pause, firings, a raised priority and a late answer; another that was never touched."""
    with at():
        services.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)
        incidents.report_incident(actor=cast.li_na, title="打印机", service=cast.erp)
        ticket = take(ticket, "claim", cast.zhang_wei, team=cast.desk)
        ticket = take(ticket, "start", cast.zhang_wei)
    with at(hours=1):
        ticket = take(ticket, "hold", cast.zhang_wei, pending_reason="vendor")
    with at(hours=2):
        ticket = take(ticket, "resume", cast.zhang_wei)
    with at(hours=3):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"impact": 1, "urgency": 1})
        services.sweep()
        tickets.comment(ticket, actor=cast.zhang_wei, body="已答复", at=MONDAY + timedelta(minutes=90))
    with at(hours=30):
        services.sweep()
    return ticket


def tamper(sql, *values):
    """Change what the database refuses to change, as somebody with the keys to it could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def found():
    with at(hours=31):
        return {(difference.ticket, difference.field) for difference in auditing.compare(Clock.objects.all())}


def test_honest_account_has_no_differences(lived):
    with at(hours=31):
        run = auditing.audit(Clock.objects.all(), scope="all")
    assert (run.clocks, run.differences, run.findings) == (4, 0, [])


def test_answer_dated_back_within_the_second_of_another_event_counts_where_it_lies(cast):
    """The engine counts whole seconds; the priority that was raised after the answer must not decide its clock."""
    with at():
        services.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp, impact=3, urgency=3)
    lowest = Clock.objects.get(ticket=ticket, metric="response").target_seconds
    with at(seconds=0.4):
        tickets.edit(ticket, actor=cast.zhang_wei, changes={"impact": 1, "urgency": 1})
    with at(seconds=2):
        tickets.comment(ticket, actor=cast.zhang_wei, body="邮件先到", at=MONDAY + timedelta(seconds=0.2))
    assert Clock.objects.get(ticket=ticket, metric="response").target_seconds == lowest
    assert found() == set()


def test_deadlines_not_swept_yet_are_no_differences(lived):
    with at(hours=80):
        assert auditing.compare(Clock.objects.all()) == []


def test_tampered_segment_is_found(lived):
    segment = Segment.objects.filter(is_superseded=False, stage="running").first()
    tamper("UPDATE sla_segment SET seconds = seconds - 60 WHERE id = %s", segment.pk)
    assert found() == {(segment.clock.ticket.number, "segments")}


def test_tampered_memory_is_found_in_every_field_it_shows(lived):
    tamper("UPDATE sla_clock SET memory = jsonb_set(memory, '{base_elapsed}', '1') WHERE metric = 'resolution'")
    assert {"base_elapsed", "column base_elapsed"} <= {field for _, field in found()}


def test_tampered_column_beside_a_true_memory_is_found(lived):
    tamper("UPDATE sla_clock SET is_breached = NOT is_breached WHERE ticket_id = %s", lived.pk)
    assert found() == {(lived.number, "column is_breached")}


def test_deleted_firing_and_forged_one_are_found(lived):
    assert Firing.objects.filter(is_withdrawn=False).exists()
    tamper("DELETE FROM sla_firing WHERE NOT is_withdrawn AND pct = 50")
    assert {field for _, field in found()} == {"firings"}


def test_command_reports_by_ticket_and_field_and_fails(lived, capsys):
    with at(hours=31):
        call_command("sla_audit")
        tamper("UPDATE sla_clock SET cycle = 7 WHERE ticket_id = %s", lived.pk)
        with pytest.raises(CommandError, match="2 differences"):
            call_command("sla_audit", "--all")
    assert f"{lived.number} clock" in capsys.readouterr().out
    assert list(AuditRun.objects.values_list("differences", flat=True)) == [2, 0]


def test_command_looks_at_a_sample_or_at_what_moved_lately(lived):
    with at(hours=31):
        call_command("sla_audit", "--sample", "1")
        call_command("sla_audit", "--since", "2026-11-17")
        with pytest.raises(CommandError):
            call_command("sla_audit", "--since", "gestern")
    assert list(AuditRun.objects.values_list("clocks", flat=True)) == [0, 1]


def test_audit_takes_as_many_queries_for_many_clocks_as_for_one(lived, django_assert_num_queries):
    auditing.compare(Clock.objects.all())
    for clocks in (Clock.objects.filter(metric="response", ticket=lived), Clock.objects.all()):
        with django_assert_num_queries(6):  # the clocks, four tables about them, the time
            auditing.compare(clocks)
