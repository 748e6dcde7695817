"""An incident from report to close, and everything its table refuses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership, Team
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from events.models import Event
from incidents import services as incidents
from incidents.rules import is_first_time_fix
from tickets import services as tickets
from tickets.models import Comment

pytestmark = pytest.mark.django_db


def take(ticket, name, actor, **values):
    return tickets.take_transition(ticket, name, actor=actor, values=values)


def test_incident_goes_from_report_to_close_through_the_second_line(cast, incident):
    assert incident.number == f"INC{int(incident.number[3:]):06d}"
    assert (incident.state, incident.priority, incident.organisation) == ("new", 4, cast.xinghe)
    incident = take(incident, "claim", cast.zhang_wei, team=cast.desk)
    incident = take(incident, "start", cast.zhang_wei)
    incident = take(incident, "escalate", cast.zhang_wei, team=cast.database, note="重启无效，怀疑数据库锁")
    assert (incident.state, incident.team, incident.assignee, incident.escalation_level) == (
        "assigned", cast.database, None, 1,
    )  # fmt: skip
    incident = take(incident, "start", cast.liu_yang)
    assert incident.assignee == cast.liu_yang
    incident = take(incident, "hold", cast.liu_yang, pending_reason="caller", comment="请问是哪个账套？")
    assert incident.responded_at is not None
    tickets.comment(incident, actor=cast.li_na, body="A01 账套")
    incident.refresh_from_db()
    assert (incident.state, incident.pending_reason) == ("in_progress", "")
    incident = take(incident, "resolve", cast.liu_yang, resolution_code="fixed", resolution_notes="已解除锁")
    assert incident.resolved_at and not incident.is_open
    incident = take(incident, "close", cast.li_na)
    assert incident.closed_at
    names = list(
        Event.objects.filter(subject_id=incident.pk, name__startswith="incident.").values_list("name", flat=True)
    )
    assert names == [
        "incident.reported", "incident.claimed", "incident.started", "incident.escalated", "incident.started",
        "incident.held", "incident.resumed", "incident.resolved", "incident.closed",
    ]  # fmt: skip


def test_handover_note_is_internal(cast, incident):
    incident = take(incident, "claim", cast.zhang_wei, team=cast.desk)
    take(incident, "escalate", cast.zhang_wei, team=cast.database, note="secret finding")
    assert Comment.objects.visible_to(cast.li_na).count() == 0
    assert Comment.objects.visible_to(cast.zhang_wei).get().body == "secret finding"


def test_claim_by_the_second_agent_names_the_first(cast, incident):
    take(incident, "claim", cast.zhang_wei, team=cast.desk)
    with pytest.raises(Refused, match="Zhang Wei has already taken it"):
        take(incident, "claim", cast.admin)


def test_claim_without_a_team_is_for_the_claimers_first_team_that_serves_the_organisation(cast, incident):
    far = Team.objects.create(slug="a-far-desk", name_zh="远山服务台", name_en="Far desk", line=1)
    far.serves.add(cast.other)
    closed = Team.objects.create(slug="a-closed-desk", name_zh="旧服务台", name_en="Old desk", line=1, is_active=False)
    closed.serves.add(cast.xinghe)
    Membership.objects.bulk_create(Membership(team=team, user=cast.zhang_wei) for team in (far, closed))
    claimed = take(incident, "claim", cast.zhang_wei)
    assert (claimed.team, claimed.first_team, claimed.assignee) == (cast.desk, cast.desk, cast.zhang_wei)
    assert take(claimed, "escalate", cast.zhang_wei, team=cast.network, note="x").escalated_from == cast.desk


def test_claim_stays_with_the_team_it_waits_in_for_its_members_only(cast, incident):
    Membership.objects.create(team=cast.desk, user=cast.chen_hao)
    waiting = take(incident, "assign", cast.zhang_wei, team=cast.network)
    other = incidents.report_incident(actor=cast.li_na, title="邮箱打不开", service=cast.email)
    other = take(other, "assign", cast.zhang_wei, team=cast.network)
    claimed = take(waiting, "claim", cast.chen_hao)
    assert (claimed.team, claimed.reassignment_count) == (cast.network, 0)
    fetched = take(other, "claim", cast.zhang_wei)
    assert (fetched.team, fetched.reassignment_count) == (cast.desk, 1)


def test_claim_by_a_helper_without_a_team_moves_no_team(cast, incident):
    claimed = take(incident, "claim", cast.admin)
    assert (claimed.team, claimed.assignee) == (None, cast.admin)
    other = incidents.report_incident(actor=cast.li_na, title="邮箱打不开", service=cast.email)
    other = take(other, "assign", cast.zhang_wei, team=cast.network)
    assert take(other, "claim", cast.admin).team == cast.network


def test_fix_straight_from_the_queue_counts_for_the_solvers_team(cast, incident):
    solved = take(incident, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")
    assert (solved.team, solved.first_team, solved.assignee) == (cast.desk, cast.desk, cast.zhang_wei)
    assert is_first_time_fix(solved)


@pytest.mark.parametrize(
    ("name", "who", "values", "error", "field"),
    [
        ("close", "zhang_wei", {}, Refused, None),
        ("fly", "zhang_wei", {}, InvalidInput, "transition"),
        ("resolve", "li_na", {"resolution_code": "fixed", "resolution_notes": "x"}, NotAllowed, None),
        ("resolve", "zhang_wei", {"resolution_code": "fixed"}, InvalidInput, "resolution_notes"),
        (
            "resolve",
            "zhang_wei",
            {"resolution_code": "magic", "resolution_notes": "x"},
            InvalidInput,
            "resolution_code",
        ),
        ("claim", "zhang_wei", {"priority": 1}, InvalidInput, "priority"),
        ("cancel", "zhao_min", {"reason": "x"}, NotAllowed, None),
    ],
)
def test_refused_transition_changes_nothing(cast, incident, name, who, values, error, field):
    before = Event.objects.count()
    with pytest.raises(error) as refusal:
        take(incident, name, getattr(cast, who), **values)
    incident.refresh_from_db()
    assert (incident.state, incident.version, Event.objects.count()) == ("new", 1, before)
    assert field is None or field in refusal.value.fields


def test_stale_version_is_refused_with_what_changed(cast, incident):
    take(incident, "claim", cast.zhang_wei, team=cast.desk)
    with pytest.raises(Stale) as refusal:
        tickets.take_transition(incident, "start", actor=cast.zhang_wei, version=1)
    assert [event.name for event in refusal.value.changes] == ["incident.claimed"]


def test_escalation_sideways_is_refused(cast, incident):
    incident = take(incident, "assign", cast.zhang_wei, team=cast.network)
    with pytest.raises(InvalidInput, match="correct"):
        take(incident, "escalate", cast.chen_hao, team=cast.database, note="x")


def test_sent_back_escalation_returns_to_the_team_it_came_from(cast, incident):
    incident = take(incident, "claim", cast.zhang_wei, team=cast.desk)
    incident = take(incident, "escalate", cast.zhang_wei, team=cast.network, note="not ours")
    incident = take(incident, "send_back", cast.chen_hao, note="yours after all")
    assert (incident.team, incident.escalated_from) == (cast.desk, None)


@pytest.mark.parametrize("way", ["assign", "requeue", "claim"])
def test_escalation_that_came_back_by_another_way_has_nowhere_to_be_sent_back_to(cast, incident, way):
    incident = take(incident, "claim", cast.zhang_wei)
    incident = take(incident, "escalate", cast.zhang_wei, team=cast.network, note="not ours")
    values = {"assign": {"team": cast.desk}, "requeue": {"reason": "wrong team"}, "claim": {}}[way]
    incident = take(incident, way, cast.zhang_wei, **values)
    assert (incident.escalated_from, incident.escalation_level) == (None, 1)
    if incident.state == "assigned":
        with pytest.raises(Refused, match="nowhere to send it back"):
            take(incident, "send_back", cast.zhang_wei, note="yours")


def test_parent_resolves_its_children(cast, incident):
    child = incidents.report_incident(actor=cast.zhao_min, title="ERP 打不开", service=cast.erp)
    tickets.set_parent(child, incident, actor=cast.zhang_wei)
    take(incident, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="已恢复")
    child.refresh_from_db()
    assert (child.state, child.resolution_code) == ("resolved", "by_parent")
    assert incident.number in child.resolution_notes


def test_parent_ring_is_refused(cast, incident):
    child = incidents.report_incident(actor=cast.zhao_min, title="ERP 打不开", service=cast.erp)
    tickets.set_parent(child, incident, actor=cast.zhang_wei)
    with pytest.raises(Refused, match="already lies below"):
        tickets.set_parent(incident, child, actor=cast.zhang_wei)


def test_merge_cancels_the_duplicate_and_its_people_follow_the_original(cast, incident):
    duplicate = incidents.report_incident(actor=cast.zhao_min, title="ERP 也登录不了", service=cast.erp)
    original = incidents.merge(duplicate, incident, actor=cast.zhang_wei)
    duplicate.refresh_from_db()
    assert duplicate.state == "cancelled"
    assert original.watchers.get().user == cast.zhao_min
    assert type(original).objects.visible_to(cast.zhao_min).filter(pk=original.pk).exists()


def test_priority_other_than_the_matrix_needs_a_reason(cast, incident):
    with pytest.raises(InvalidInput) as refusal:
        tickets.edit(incident, actor=cast.zhang_wei, changes={"priority": 1})
    assert "priority_reason" in refusal.value.fields
    edited = tickets.edit(incident, actor=cast.zhang_wei, changes={"impact": 1, "urgency": 1})
    assert edited.priority == 1


def test_agent_works_no_ticket_of_an_organisation_their_desk_does_not_serve(cast):
    """Not even one they took down for a colleague who belongs there."""
    raised = incidents.report_incident(
        actor=cast.zhang_wei, requester=cast.stranger, title="远山的事", service=cast.erp
    )
    assert type(raised).objects.visible_to(cast.zhang_wei).filter(pk=raised.pk).exists()
    for command in (
        lambda: take(raised, "claim", cast.zhang_wei),
        lambda: tickets.edit(raised, actor=cast.zhang_wei, changes={"urgency": 1}),
        lambda: tickets.watch(raised, user=cast.chen_hao, actor=cast.zhang_wei),
    ):
        with pytest.raises(NotAllowed):
            command()


def test_nudge_is_limited_to_one_in_half_an_hour(cast, incident):
    tickets.nudge(incident, actor=cast.li_na)
    with pytest.raises(Refused, match="30 minutes"):
        tickets.nudge(incident, actor=cast.li_na)


def test_closed_incident_takes_words_of_the_desk_only(cast, incident):
    tickets.watch(incident, user=cast.zhao_min, actor=cast.zhang_wei)
    with pytest.raises(Refused, match="still open"):
        incidents.follow_up(incident, actor=cast.li_na, body="也坏了")
    take(incident, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")
    take(incident, "close", cast.li_na)
    for speaker in (cast.li_na, cast.zhao_min):
        with pytest.raises(Refused, match="closed"):
            tickets.comment(incident, actor=speaker, uploads=[SimpleUploadedFile("log.txt", b"line")])
    with pytest.raises(NotAllowed):
        incidents.follow_up(incident, actor=cast.zhao_min, body="我也是")
    assert tickets.comment(incident, actor=cast.zhang_wei, body="归档说明", is_internal=True).pk


def test_follow_up_links_to_the_closed_incident(cast, incident):
    take(incident, "resolve", cast.zhang_wei, resolution_code="fixed", resolution_notes="ok")
    take(incident, "close", cast.li_na)
    incident.refresh_from_db()
    again = incidents.follow_up(incident, actor=cast.li_na, body="又出现了")
    assert again.links_out.get().target_id == incident.pk
