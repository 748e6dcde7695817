"""The demo company: the same for the same day, lived through the real services, with something for everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import translation

from accounts.models import Delegation, DirectoryImport, Organisation, Team, User
from changes.models import Board, Change
from cmdb.models import ConfigurationItem, Duplicate, ImportRun, Service
from cmdb.selectors import importing
from demo import days, seeding, stories
from events.models import Delivery, Event
from incidents.models import Incident
from notifications.models import Mail, Notification
from problems.models import Problem, Sighting
from problems.selectors import gaps
from sla import selectors as sla_selectors
from sla.models import AgreementVersion, Clock, Firing
from surveys.models import Survey
from tests.cast import MATRIX
from tickets.models import Comment, PriorityRule, RunbookRun, Ticket

SIZE = seeding.Size("small", headcount=16, items=0.1, days=24, tickets=36)
# The travelling clock ends now: what the ledger records and what happened must lie close together to be news.
UNTIL = datetime.now(UTC).replace(microsecond=0)


def seed():
    if not PriorityRule.objects.exists():
        PriorityRule.objects.bulk_create(PriorityRule(impact=i, urgency=u, priority=p) for (i, u), p in MATRIX.items())
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('ticket_number', 1000)")
    seeding.seed(SIZE, until=UNTIL, password="a-long-password", progress=lambda instant, done: None)


def everything():
    return [
        list(Ticket.objects.order_by("number").values_list("number", "title", "state", "priority", "created_at")),
        list(User.objects.order_by("username").values_list("username", "name", "staff_number", "phone")),
        list(Event.objects.order_by("pk").values_list("name", "at", "actor__username")),
        list(Comment.objects.order_by("pk").values_list("body", "created_at")),
        list(Survey.objects.order_by("ticket__number").values_list("ticket__number", "score", "comment")),
    ]


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker, tmp_path_factory):
    """Seeded once for this module, in one transaction that is rolled back."""
    from django.test import override_settings

    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        first = transaction.savepoint()
        seed()
        before = everything()
        transaction.savepoint_rollback(first)
        seed()
        yield before
        transaction.set_rollback(True)


def of(login):
    return User.objects.get(username=login)


def test_the_same_day_gives_the_same_company(company):
    assert everything() == company


def test_history_happened_in_order_and_ends_now(company):
    instants = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert max(instants) <= UNTIL
    assert Ticket.objects.filter(created_at__gt=UNTIL).count() == 0
    assert Ticket.objects.filter(resolved_at__lt=transaction_start()).count() == 0


def transaction_start():
    return days.instant(UNTIL.astimezone(days.ZONE).date() - timedelta(days=SIZE.days), 0)


def test_incidents_are_read_for_what_is_not_written_down(company):
    assert Sighting.objects.count() > 10
    assert not gaps.has_unread(of("wang.fang"))


def test_the_cast_has_its_roles_and_teams(company):
    assert of("li.na").roles == ["requester"] and not of("li.na").is_staff_member
    assert of("zhang.wei").is_first_line
    assert of("chen.hao").teams.get().slug == "network"
    assert of("wang.fang").has_role("manager") and of("admin").is_superuser
    assert all(of(login).check_password("a-long-password") for login in ("li.na", "admin"))
    assert set(Team.objects.values_list("slug", flat=True)) >= {"service-desk", "network", "database"}
    assert all(team.lead_id for team in Team.objects.all())
    assert of("zhang.wei") in User.objects.matching("zhangwei") and of("li.na") in User.objects.matching("李娜")


def test_who_opens_the_urgent_ticket_of_the_network_sees_how_far_its_runbook_is(company):
    run = RunbookRun.objects.get()
    assert run.ticket.is_open and run.ticket.assignee == of("chen.hao")
    assert [step.done_by for step in run.ticket.checklist.all()] == [of("chen.hao")] * 2 + [None] * 3
    assert set(run.version.article.versions.current().values_list("language", flat=True)) == {"zh-hans", "en"}


def test_services_speak_both_languages_and_have_icons(company):
    assert Service.objects.count() >= 15
    for service in Service.objects.all():
        assert service.name_zh and service.name_en and service.description_zh and service.description_en
        assert service.icon and service.support_team_id
    assert set(ConfigurationItem.objects.values_list("item_class_id", flat=True)) >= {
        "server",
        "switch",
        "desktop",
        "database",
    }


def test_what_makes_a_help_desk_interesting_is_there(company):
    names = set(Event.objects.values_list("name", flat=True))
    assert names >= {
        "incident.escalated", "incident.held", "incident.resumed", "incident.resolved", "incident.closed",
        "ticket.edited", "ticket.commented", "ticket.nudged", "ticket.parented", "survey.sent", "survey.answered",
        "sla.breached",
    }  # fmt: skip
    assert Comment.objects.filter(is_internal=True).exists() and Comment.objects.filter(is_internal=False).exists()
    assert set(Ticket.objects.values_list("state", flat=True)) >= {
        "new",
        "assigned",
        "in_progress",
        "pending",
        "closed",
    }
    assert Survey.objects.answered().exists()


def test_an_outage_solved_its_reports_together(company):
    parent = Incident.objects.get(title__contains="ERP 数据库锁等待")
    children = Incident.objects.filter(parent=parent)
    assert children.count() >= 5
    assert not children.filter(is_open=True).exists()
    assert children.filter(resolution_code="by_parent", resolved_at=parent.resolved_at).exists()


def test_something_is_due_in_twenty_minutes_and_something_is_late(company):
    soon = Clock.objects.get(kind="sla", metric="resolution", ticket__title__contains="专线丢包")
    assert timedelta(minutes=18) < soon.due_at - UNTIL < timedelta(minutes=22)
    assert not soon.is_breached and soon.ticket.assignee == of("chen.hao")
    late = Clock.objects.get(kind="sla", metric="resolution", ticket__title__contains="总经理邮箱")
    assert late.is_breached and late.ticket.is_open


def test_clocks_fired_at_their_instants(company):
    assert Firing.objects.exists()
    assert max(Firing.objects.values_list("lateness", flat=True)) <= 60
    assert not Clock.objects.filter(next_at__lt=UNTIL).exists()


def test_everybody_of_the_cast_has_something_to_do(company):
    mine = Ticket.objects.filter(requester=of("li.na"))
    assert mine.filter(state="pending", pending_reason="caller").exists()
    assert mine.filter(state="resolved").exists() and mine.filter(state="in_progress").exists()
    assert Survey.objects.filter(recipient=of("li.na"), sent_at__isnull=False, answered_at=None).exists()
    assert Ticket.objects.filter(assignee=of("zhang.wei"), is_open=True).exists()
    assert Ticket.objects.filter(team__slug="network", assignee=None, state="assigned").exists()
    assert Ticket.objects.filter(state="new").count() >= 4


def test_only_the_last_days_reached_bells_and_mailboxes(company):
    assert Notification.objects.filter(user=of("li.na")).exists()
    assert Notification.objects.filter(user=of("zhang.wei")).exists()
    assert Mail.objects.filter(user=of("li.na")).exists()
    assert not Notification.objects.filter(created_at__lt=UNTIL - timedelta(days=2, minutes=5)).exists()
    assert not Delivery.objects.exclude(state="done").exists()


def test_every_story_can_be_told_and_there_are_sixty(company):
    told = (*stories.CHINESE, *stories.ENGLISH)
    assert len(told) >= 60 and len({story.fix for story in told}) == len(told)
    words = {"place": "A", "pc": "B", "printer": "C", "name": "D"}
    for story in told:
        for text in (*story.titles, story.text, story.ack, story.fix, story.handover, story.question, story.answer):
            assert "{" not in text.format(**words)
        assert bool(story.team) == bool(story.handover), story.titles
        assert bool(story.question) == bool(story.answer) and bool(story.wait) == bool(story.wait_text)


def test_office_hours_rule_arrivals(db_calendar):
    found = days.arrivals(datetime(2026, 3, 2).date(), datetime(2026, 3, 29).date(), 400, db_calendar, "x")
    assert 300 < len(found) < 500
    assert found == days.arrivals(datetime(2026, 3, 2).date(), datetime(2026, 3, 29).date(), 400, db_calendar, "x")
    weekend = [at for at in found if at.weekday() > 4]
    assert 0 < len(weekend) < len(found) / 8


@pytest.fixture
def db_calendar(company):
    return sla_selectors.office_calendar()


@pytest.mark.django_db
def test_demo_refuses_a_database_with_other_data():
    Organisation.objects.create(slug="real", name_zh="真实公司", name_en="Real")
    with translation.override("en"), pytest.raises(CommandError, match="holds data already"):
        call_command("seed_demo", size="small")


@pytest.mark.django_db
def test_demo_refuses_production_and_a_reset_outside_of_demo_mode(settings):
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("seed_demo", size="small", reset=True)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never made in production"):
        call_command("seed_demo", size="small")


def test_agreements_are_signed_and_the_next_one_is_negotiated(company):
    """An SLA, an OLA and a contract in force, each signed by two people; a draft waits with an open remark."""
    in_force = AgreementVersion.objects.filter(state="active", agreement__owner__isnull=False)
    assert {version.agreement.kind: version.signatures.count() for version in in_force} == {"sla": 2, "ola": 2, "uc": 2}
    assert all(version.clauses.exists() for version in in_force)
    negotiated = AgreementVersion.objects.get(state="negotiating")
    assert negotiated.remarks.get(state="open").proposal == {"seconds": 1200}
    assert set(Clock.objects.values_list("kind", flat=True)) >= {"sla", "ola"}
    promised = Clock.objects.filter(kind="sla", ticket__kind="incident")
    assert not promised.exclude(agreement__agreement__slug="xinghe-sla").exists()


def test_changes_stand_on_every_part_of_their_way(company):
    states = set(Change.objects.values_list("state", flat=True))
    assert states >= {"draft", "assessing", "awaiting_approval", "scheduled", "closed"}
    assert Change.objects.filter(type="emergency", outcome="successful").exists()
    assert Change.objects.filter(type="standard", state="closed").exists()
    assert Board.objects.get(kind="cab").members.count() >= Board.objects.get(kind="cab").quorum


def test_one_printer_is_recorded_twice(company):
    twice = Duplicate.objects.get()
    assert twice.second.slug == f"{twice.first.slug}-moved"


def test_an_asset_list_was_imported_but_for_its_bad_lines_and_an_agent_found_drift(company):
    listed, reported = ImportRun.objects.order_by("pk")
    assert (listed.state, listed.counts["create"], listed.counts["error"]) == ("applied", 1, 1)
    assert listed.counts["conflict"] == 1 and listed.lines.filter(kept__has_key="value_ip_address").exists()
    assert reported.source.kind == "agent" and reported.lines.get().diff["value_memory"] == [256, 128]
    viewer = User.objects.get(username="chen.hao")
    assert importing.drift_on(viewer, reported.lines.get().item)


def test_problems_stand_at_every_place_of_their_way(company):
    found = {problem.title: problem for problem in Problem.objects.all()}
    slow = found["ERP 报表查询间歇性超时"]
    assert slow.state == "known_error" and slow.is_published
    assert slow.incidents().count() == 3 and not slow.incidents().filter(state="pending").exists()
    assert slow.article_links.get().article.kind == "known_error"
    stand = {title: problem.closing_code or problem.state for title, problem in found.items()}
    assert (stand["OA 流程引擎偶发卡死"], stand["ERP 数据库表空间写满前没有告警"]) == ("observing", "fixed")
    assert found["VPN 高峰期断线"].fixes.get().outcome == "not_effective"
    assert found["PLM 旧版预览控件在高分屏上显示错位"].closing_code == "risk_accepted"


def test_a_directory_was_applied_but_for_its_bad_lines_and_somebody_left(company):
    run = DirectoryImport.objects.get()
    assert run.state == "applied" and (run.counts["create"], run.counts["error"]) == (2, 2)
    assert not of("meng.fan").is_active and not Ticket.objects.filter(assignee=of("meng.fan"), is_open=True).exists()
    assert not ConfigurationItem.objects.filter(owner=of("meng.fan")).exists()


def test_some_teams_give_out_by_skill_and_somebody_is_away(company):
    ways = dict(Team.objects.values_list("slug", "assignment"))
    assert ways["network"] == ways["applications"] == "skill" and ways["service-desk"] == "load"
    assert not Team.objects.filter(line__lt=3, shifts=None).exists()
    assert Delegation.objects.filter(person__username__in=("tang.yi", "xie.fei")).count() == 2
    assert of("zhang.wei").skills.exists()
    assert not Delivery.objects.filter(handler__endswith=".give_out", state="pending").exists()
    assert Delivery.objects.filter(handler__endswith=".give_out").exists()
