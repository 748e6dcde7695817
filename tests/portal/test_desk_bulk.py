"""Bulk acts and saved views: each row its own outcome, each view its own readers."""

import pytest

from accounts.models import Team, User
from incidents import services as incidents
from portal.desk import bulk
from portal.tasks import run_waiting_bulk_jobs
from tests.cast import person
from tickets import services as tickets
from tickets.models import BulkJob, SavedView

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def english_pages(cast):
    """Pages are asserted in English: the cast reads it here."""
    User.objects.update(language="en")


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.zhang_wei)
    return client


@pytest.fixture
def three(cast):
    return [incidents.report_incident(actor=cast.li_na, title=f"fault {n}", service=cast.erp) for n in range(3)]


def test_bulk_take_reports_each_row_and_names_who_was_faster(desk, cast, three):
    tickets.take_transition(three[1], "claim", actor=cast.admin, values={"team": cast.desk})
    answer = desk.post("/desk/bulk/", {"action": "take", "tickets": [t.pk for t in three]}, **HTMX)
    told = answer.content.decode()
    assert "2 of 3 done." in told and "Admin has already taken it." in told
    assert [t.typed.__class__.objects.get(pk=t.pk).assignee for t in three] == [
        cast.zhang_wei, cast.admin, cast.zhang_wei,
    ]  # fmt: skip


def test_bulk_asks_for_what_it_needs_before_doing_anything(desk, cast, three):
    ids = [t.pk for t in three]
    asked = desk.post("/desk/bulk/", {"action": "assign", "tickets": ids})
    assert asked.status_code == 200 and BulkJob.objects.count() == 0
    wrong = desk.post("/desk/bulk/", {"action": "assign", "tickets": ids, "go": "1"})
    assert wrong.status_code == 422
    done = desk.post("/desk/bulk/", {"action": "assign", "tickets": ids, "go": "1", "team": cast.network.pk})
    job = BulkJob.objects.get()
    assert done.url == f"/desk/bulk/jobs/{job.pk}/" and job.is_finished and job.refused == []
    for ticket in three:
        ticket.refresh_from_db()
        assert (ticket.team, ticket.state) == (cast.network, "assigned")


def test_bulk_assign_offers_only_teams_that_serve_one_of_the_organisations(desk, cast, three):
    far = Team.objects.create(slug="far", name_zh="远山组", name_en="Far team", line=2)
    far.serves.add(cast.other)
    near = person("sun.li", "孙丽", cast.other, "expert", teams=[far])
    sent = {"action": "assign", "tickets": [t.pk for t in three]}
    asked = desk.post("/desk/bulk/", sent).content.decode()
    assert "Network</option>" in asked and "Chen Hao" in asked
    assert "Far team" not in asked and "Sun Li" not in asked
    for wrong in ({"team": far.pk}, {"team": cast.network.pk, "assignee": near.pk}):
        assert desk.post("/desk/bulk/", sent | wrong | {"go": "1"}).status_code == 422
    assert BulkJob.objects.count() == 0


def test_bulk_assign_refuses_the_row_that_the_team_does_not_serve(desk, cast, three):
    cast.desk.serves.add(cast.other)
    far = Team.objects.create(slug="far", name_zh="远山组", name_en="Far team", line=2)
    far.serves.add(cast.other)
    foreign = incidents.report_incident(actor=cast.stranger, title="elsewhere")
    sent = {"action": "assign", "tickets": [three[0].pk, foreign.pk], "go": "1", "team": far.pk}
    told = desk.post("/desk/bulk/", sent, **HTMX).content.decode()
    assert "1 of 2 done." in told and "“Far team” does not serve the organisation of this ticket." in told
    for ticket, team in ((three[0], None), (foreign, far)):
        ticket.refresh_from_db()
        assert ticket.team == team


def test_bulk_never_touches_what_the_actor_does_not_see(desk, cast, three):
    foreign = incidents.report_incident(actor=cast.stranger, title="elsewhere")
    desk.post("/desk/bulk/", {"action": "take", "tickets": [three[0].pk, foreign.pk]}, **HTMX)
    assert BulkJob.objects.get().ticket_ids == [three[0].pk]


def test_bulk_closes_duplicates_into_the_original(desk, cast, three):
    original, *others = three
    sent = {"action": "merge", "tickets": [t.pk for t in three], "go": "1", "original": original.number}
    told = desk.post("/desk/bulk/", sent, **HTMX).content.decode()
    assert "2 of 3 done." in told and "merged into itself" in told
    for ticket in others:
        ticket.refresh_from_db()
        assert ticket.state == "cancelled"


def test_bulk_resolve_and_priority_go_through_the_real_rules(desk, cast, three):
    ids = [t.pk for t in three]
    sent = {"action": "priority", "tickets": ids, "go": "1", "priority": 1}
    assert "Say why" in desk.post("/desk/bulk/", sent, **HTMX).content.decode()
    desk.post("/desk/bulk/", sent | {"priority_reason": "outage"}, **HTMX)
    sent = {"action": "resolve", "tickets": ids, "go": "1", "resolution_code": "fixed", "resolution_notes": "restarted"}
    desk.post("/desk/bulk/", sent, **HTMX)
    for ticket in three:
        ticket.refresh_from_db()
        assert (ticket.priority, ticket.state, ticket.resolution_notes) == (1, "resolved", "restarted")


def test_more_than_fifty_rows_are_left_to_a_worker_and_finished_by_the_sweep(desk, cast, three, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr("portal.desk.views.bulk._wake_worker", lambda job: None)
    told = desk.post("/desk/bulk/", {"action": "take", "tickets": [t.pk for t in three]}, **HTMX).content.decode()
    job = BulkJob.objects.get()
    assert "0 of 3 tickets" in told and not job.is_finished
    run_waiting_bulk_jobs()
    job.refresh_from_db()
    assert job.is_finished and job.done == 3
    bulk.run(job.pk)
    job.refresh_from_db()
    assert job.done == 3


def test_killed_job_goes_on_where_it_stopped(cast, three):
    job = bulk.order(owner=cast.zhang_wei, action="take", values={}, ids=[t.pk for t in three])
    assert bulk._next_row(job.pk)
    job.refresh_from_db()
    assert job.done == 1
    bulk.run_waiting()
    job.refresh_from_db()
    assert [row["is_done"] for row in job.outcome] == [True, True, True]


def test_everything_of_a_view_means_the_whole_view(desk, cast, three):
    desk.post("/desk/bulk/", {"action": "take", "everything": "1", "query": "view=unassigned"}, **HTMX)
    assert BulkJob.objects.get().total == 3


def test_bulk_job_is_its_owners_alone(client, cast, three):
    job = bulk.order(owner=cast.zhang_wei, action="take", values={}, ids=[three[0].pk])
    client.force_login(cast.chen_hao)
    assert client.get(f"/desk/bulk/jobs/{job.pk}/").status_code == 404


@pytest.mark.parametrize("sent", [{"action": "take"}, {"action": "explode", "tickets": 1}, {}])
def test_bulk_without_rows_or_action_is_refused(desk, cast, three, sent):
    assert desk.post("/desk/bulk/", sent).status_code == 422


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("own", {"zhang_wei"}), ("team", {"zhang_wei", "lead"}), ("everybody", {"zhang_wei", "lead", "chen_hao"})],
)
def test_saved_view_is_offered_to_its_audience(client, cast, audience, readers):
    cast.lead = person("sun.li", "孙丽", cast.xinghe, "agent", teams=[cast.desk])
    client.force_login(cast.zhang_wei)
    sent = {"name": "P1 only", "audience": audience, "query": "view=open&priority=1&page=3&nonsense=1"}
    assert client.post("/desk/views/new/", sent).url == "/desk/?view=open&priority=1"
    for who in ("zhang_wei", "lead", "chen_hao"):
        client.force_login(getattr(cast, who))
        assert ("P1 only" in client.get("/desk/").content.decode()) is (who in readers), who
    client.force_login(cast.li_na)
    assert client.get("/desk/views/").status_code == 404


def test_saved_view_is_changed_by_its_owner_only(client, cast):
    view = SavedView.objects.create(owner=cast.zhang_wei, name="mine", query="view=open", audience="everybody")
    client.force_login(cast.chen_hao)
    assert client.post(f"/desk/views/{view.pk}/delete/").status_code == 403
    assert client.post(f"/desk/views/{view.pk}/", {"name": "stolen", "audience": "own"}).status_code == 403
    client.force_login(cast.zhang_wei)
    client.post(f"/desk/views/{view.pk}/", {"name": "renamed", "audience": "team"})
    view.refresh_from_db()
    assert (view.name, view.team) == ("renamed", cast.desk)
    client.post(f"/desk/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_saved_view_counts_in_the_same_single_query(client, cast, three, django_assert_num_queries):
    SavedView.objects.create(owner=cast.zhang_wei, name="all", query="view=open", audience="own")
    client.force_login(cast.zhang_wei)
    client.get("/desk/?view=open")
    with django_assert_num_queries(12):
        page = client.get("/desk/?view=open").content.decode()
    assert '<span class="view-count" id="count-saved-' in page
