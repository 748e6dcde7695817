"""The queue: who sees what, what it costs, and that pages neither lose nor repeat a ticket."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core import clock
from incidents import services as incidents
from portal.desk import paging, query, rows, standing_views
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
QUEUE = "/desk/"


@pytest.fixture(autouse=True)
def english_pages(cast):
    """Pages are asserted in English: the cast reads it here."""
    User.objects.update(language="en")


def report(cast, title, **details):
    return incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp, **details)


def numbers(response):
    return re.findall(r'data-row data-number="(\w+)"', response.content.decode())


@pytest.mark.parametrize(
    ("who", "view", "seen"),
    [
        ("zhang_wei", "unassigned", True),
        ("zhang_wei", "open", True),
        ("zhang_wei", "mine", False),
        ("chen_hao", "open", True),
        ("chen_hao", "unassigned", True),
        ("wang_fang", "open", True),
        ("admin", "open", True),
    ],
)
def test_queue_shows_each_of_the_cast_what_they_serve(client, cast, incident, who, view, seen):
    client.force_login(getattr(cast, who))
    assert (incident.number in numbers(client.get(QUEUE, {"view": view}))) is seen


def test_queue_hides_what_no_team_of_mine_serves(client, cast):
    incidents.report_incident(actor=cast.stranger, title="elsewhere")
    client.force_login(cast.zhang_wei)
    assert numbers(client.get(QUEUE, {"view": "all"})) == []
    client.force_login(cast.admin)
    assert len(numbers(client.get(QUEUE, {"view": "all"}))) == 1


@pytest.mark.parametrize("who", ["li_na", "stranger"])
def test_desk_does_not_exist_for_requesters(client, cast, incident, who):
    client.force_login(getattr(cast, who))
    for url in (
        QUEUE,
        "/desk/new/",
        "/desk/bulk/jobs/",
        "/desk/views/",
        reverse("desk:ticket", args=[incident.number]),
    ):
        assert client.get(url).status_code == 404


def test_visitors_are_sent_to_sign_in(client, db):
    assert client.get(QUEUE).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_queue_page_costs_a_fixed_number_of_queries(client, cast, count, django_assert_num_queries):
    for n in range(count):
        report(cast, f"fault {n}")
    client.force_login(cast.zhang_wei)
    client.get(QUEUE, {"view": "open"})
    with django_assert_num_queries(12):
        assert len(numbers(client.get(QUEUE, {"view": "open"}))) == count


def test_counts_are_one_query_and_stop_at_the_cap(cast, incident, monkeypatch, django_assert_num_queries):
    report(cast, "second")
    report(cast, "third")
    user = cast.zhang_wei
    assert user.team_ids and user.served_organisation_ids
    with django_assert_num_queries(1):
        counts = standing_views.count(user)
    assert (counts["open"], counts["unassigned"], counts["mine"], counts["escalated"]) == (3, 3, 0, 0)
    monkeypatch.setattr(standing_views, "CAP", 1)
    assert standing_views.count(user)["open"] == 2
    assert standing_views.shown(2) == "1+"


def test_counts_never_read_more_rows_than_the_cap(cast, incident):
    with CaptureQueriesContext(connection) as captured:
        standing_views.count(cast.zhang_wei)
    sql = captured.captured_queries[-1]["sql"]
    assert sql.count("LIMIT 1000") == len(standing_views.COUNTED)


@pytest.mark.parametrize("sort", ["due", "priority", "newest", "activity"])
def test_pages_by_key_show_every_ticket_once_in_both_directions(cast, sort):
    made = [report(cast, f"t{n}", impact=1 + n % 3) for n in range(7)]
    now = clock.now()
    for n, ticket in enumerate(made):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=now if n % 3 else None)
    found = Ticket.objects.visible_to(cast.zhang_wei)
    forward, page = [], paging.page_of(found, sort, ready=rows.ready, size=2)
    pages = [page]
    while page.next:
        page = paging.page_of(found, sort, after=page.next, ready=rows.ready, size=2)
        pages.append(page)
    forward = [t.pk for p in pages for t in p.rows]
    assert sorted(forward) == sorted(t.pk for t in made)
    assert len(set(forward)) == len(forward)
    backward = []
    while page:
        backward = [t.pk for t in page.rows] + backward
        page = paging.page_of(found, sort, before=page.previous, ready=rows.ready, size=2) if page.previous else None
    assert backward == forward


def test_page_stays_put_when_a_ticket_before_it_arrives(cast):
    made = [report(cast, f"t{n}") for n in range(4)]
    found = Ticket.objects.visible_to(cast.zhang_wei)
    first = paging.page_of(found, "newest", ready=rows.ready, size=2)
    report(cast, "arrived meanwhile")
    second = paging.page_of(found, "newest", after=first.next, ready=rows.ready, size=2)
    assert [t.pk for t in second.rows] == [made[1].pk, made[0].pk]


@pytest.mark.parametrize("cursor", ["~", "x~1", "2026-01-01~1", "99~99999999999999999999", "\0~1", "1~-1"])
@pytest.mark.parametrize("sort", ["due", "priority", "newest", "activity"])
def test_broken_cursor_shows_the_first_page(client, cast, incident, cursor, sort):
    client.force_login(cast.zhang_wei)
    response = client.get(QUEUE, {"view": "open", "sort": sort, "after": cursor})
    assert response.status_code == 200


def test_filters_come_from_the_address_and_unknown_ones_are_dropped(client, cast, incident):
    other = report(cast, "mail", impact=1, urgency=1)
    client.force_login(cast.zhang_wei)
    assert numbers(client.get(QUEUE, {"view": "open", "priority": "1"})) == [other.number]
    assert (
        numbers(client.get(QUEUE, {"view": "open", "priority": "9", "team": "abc", "assignee": "'", "state": "x"}))
        != []
    )
    assert numbers(client.get(QUEUE, {"view": "open", "assignee": "me"})) == []
    assert numbers(client.get(QUEUE, {"view": "open", "team": str(cast.desk.pk)})) == []


@pytest.mark.parametrize("few", [query.FEW, 0], ids=["few matches", "many matches"])
def test_words_find_titles_in_chinese_and_requesters_by_name(client, cast, incident, monkeypatch, few):
    monkeypatch.setattr(query, "FEW", few)
    report(cast, "printer jam")
    client.force_login(cast.zhang_wei)
    assert numbers(client.get(QUEUE, {"view": "open", "q": "登录"})) == [incident.number]
    assert numbers(client.get(QUEUE, {"view": "open", "q": "没有这个词"})) == []
    cast.li_na.search_keys = "李娜 lina li.na x1001 13800138000"
    cast.li_na.save()
    assert len(numbers(client.get(QUEUE, {"view": "open", "q": "x1001"}))) == 2


@pytest.mark.parametrize("few", [query.FEW, 0], ids=["few matches", "many matches"])
def test_words_find_only_what_a_person_may_see_in_the_view(client, cast, incident, monkeypatch, few):
    monkeypatch.setattr(query, "FEW", few)
    incidents.report_incident(actor=cast.stranger, title=incident.title)
    client.force_login(cast.zhang_wei)
    assert numbers(client.get(QUEUE, {"view": "all", "q": incident.title})) == [incident.number]
    assert numbers(client.get(QUEUE, {"view": "mine", "q": incident.title})) == []


def test_the_history_is_offered_only_in_orders_that_an_index_holds(client, cast, incident):
    client.force_login(cast.zhang_wei)
    asked = client.get(QUEUE, {"view": "all", "q": incident.title, "sort": "due"}).context
    assert asked["query"].sort == "newest"
    assert [key for key, _label in asked["sorts"]] == ["newest", "activity"]
    assert client.get(QUEUE, {"view": "open", "sort": "priority"}).context["query"].sort == "priority"


def test_live_answer_refreshes_changed_rows_and_announces_new_ones(client, cast, incident):
    client.force_login(cast.zhang_wei)
    page = client.get(QUEUE, {"view": "unassigned"}).content.decode()
    live = re.search(r'hx-get="(/desk/live/[^"]+)"', page)[1].replace("&amp;", "&")
    quiet = client.get(live).content.decode()
    assert "data-row" not in quiet and "live-pill" not in quiet
    report(cast, "just now")
    tickets.take_transition(incident, "claim", actor=cast.admin, values={"team": cast.desk})
    told = client.get(live).content.decode()
    assert "1 new ticket" in told
    assert f'id="row-{incident.pk}"' in told and "left this view" in told
    assert 'id="count-unassigned" hx-swap-oob="true">1<' in told


def test_escalation_inbox_shows_the_handover_note_first(client, cast, incident):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(
        incident, "escalate", actor=cast.zhang_wei, values={"team": cast.database, "note": "tried everything"}
    )
    client.force_login(cast.liu_yang)
    page = client.get(QUEUE, {"view": "escalated"}).content.decode()
    assert "tried everything" in page
    ticket = client.get(reverse("desk:ticket", args=[incident.number])).content.decode()
    assert ticket.index("tried everything") < ticket.index('id="timeline"')
    assert "Accept" in ticket and "Send back" in ticket
    client.force_login(cast.chen_hao)
    assert numbers(client.get(QUEUE, {"view": "escalated"})) == []


def test_query_has_one_spelling(cast, rf):
    asked = query.read(cast.zhang_wei, rf.get("/?q=+a++b&view=open&sort=due&after=9").GET)
    assert asked.encoded() == "view=open&q=a+b"


def test_columns_are_chosen_in_the_address_and_kept_with_a_view(client, cast, incident):
    tickets.edit(incident, actor=cast.zhang_wei, changes={"place": "Building 7"})
    client.force_login(cast.zhang_wei)
    assert "Building 7" not in client.get(QUEUE, {"view": "open"}).content.decode().split("<ol")[1]
    page = client.get(QUEUE, {"view": "open", "columns": ["place", "nonsense"]}).content.decode().split("<ol")[1]
    assert "Building 7" in page and "Li Na" not in page
    sent = {"name": "By place", "audience": "own", "query": "view=open&columns=place"}
    assert client.post("/desk/views/new/", sent).url == "/desk/?view=open&columns=place"
