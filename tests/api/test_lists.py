"""Lists: pages that do not shift, filters that narrow, a cost that does not grow with the rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import services as incidents
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def report(cast, number, **fields):
    return [
        incidents.report_incident(actor=cast.li_na, title=f"Fault {i}", service=cast.erp, **fields)
        for i in range(number)
    ]


def pages(client, path, **query):
    response = client.get(path, query)
    while True:
        assert response.status_code == 200, response.content
        yield response.json()["results"]
        if not response.json()["next"]:
            return
        response = client.get(response.json()["next"])


@pytest.mark.parametrize("ordering", ["id", "-id", "priority", "-priority", "due_at", "-due_at", "-created_at"])
def test_pages_hold_every_ticket_once_in_order(api, cast, ordering):
    tickets = [*report(cast, 3), *report(cast, 4, impact=1, urgency=1)]
    first = min(t.created_at for t in tickets)
    for shift, ticket in enumerate(tickets[::2]):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=first + timedelta(hours=shift // 2))
    Ticket.objects.filter(pk__in=[t.pk for t in tickets[1::2]]).update(due_at=None)
    field = ordering.removeprefix("-")
    rows = [
        row for page in pages(api(cast.li_na), "/api/v1/incidents/", page_size=2, ordering=ordering) for row in page
    ]
    assert sorted(row["number"] for row in rows) == sorted(t.number for t in tickets)
    if field in ("priority", "due_at", "created_at"):
        values = [row[field] for row in rows if row[field] is not None]
        assert values == sorted(values, reverse=ordering.startswith("-"))
        assert [row[field] for row in rows][len(values) :] == [None] * (len(rows) - len(values))


def test_ticket_that_arrives_meanwhile_shifts_nothing(api, cast):
    before = report(cast, 5)
    walk = pages(api(cast.li_na), "/api/v1/tickets/", page_size=2)
    seen = [row["number"] for row in next(walk)]
    report(cast, 2)
    seen += [row["number"] for page in walk for row in page]
    assert seen == [t.number for t in reversed(before)]


def test_cursor_of_another_order_is_refused(api, cast):
    report(cast, 3)
    client = api(cast.li_na)
    following = client.get("/api/v1/tickets/", {"page_size": 1}).json()["next"]
    assert client.get(f"{following}&ordering=priority").status_code == 400


def test_page_holds_a_hundred_rows_at_most(api, cast):
    report(cast, 1)
    assert len(api(cast.li_na).get("/api/v1/tickets/", {"page_size": 5000}).json()["results"]) == 1


def test_filters_narrow_and_find_words(api, cast):
    one, two = report(cast, 2)
    incidents.report_incident(actor=cast.li_na, title="打印机卡纸", service=cast.email)
    client = api(cast.zhang_wei)

    def numbers(**query):
        response = client.get("/api/v1/incidents/", query)
        assert response.status_code == 200, response.content
        return {row["number"] for row in response.json()["results"]}

    everything = numbers()
    client.post(f"/api/v1/incidents/{one.number}/transitions/", {"name": "claim", "team": cast.desk.pk})
    assert numbers(assignee="me") == numbers(is_assigned="true") == {one.number}
    assert numbers(state="new") == numbers(is_assigned="false") == everything - {one.number}
    assert numbers(state="new,assigned") == numbers(requester=cast.li_na.pk) == everything
    assert numbers(q="打印") == numbers(service=cast.email.pk) == everything - {one.number, two.number}
    assert numbers(team=cast.desk.pk, is_open="true", priority="4,1") == {one.number}
    assert numbers(created_before="2020-01-01T00:00:00Z") == set()
    assert numbers(requester="me") == set()


@pytest.mark.parametrize(
    ("path", "who", "queries"),
    [
        ("tickets/", "li_na", 3), ("tickets/", "zhang_wei", 4), ("incidents/", "li_na", 4),
        ("incidents/", "zhang_wei", 5),
    ],
)  # fmt: skip
def test_list_costs_the_same_for_one_ticket_and_for_three(api, cast, path, who, queries):
    client = api(getattr(cast, who))
    client.get("/api/v1/users/me/")  # the token's last use is noted once a minute
    for _more in range(2):
        report(cast, 1 if not Ticket.objects.exists() else 2)
        with CaptureQueriesContext(connection) as captured:
            rows = client.get(f"/api/v1/{path}").json()["results"]
        assert len(captured) == queries, [q["sql"][:150] for q in captured]
    assert len(rows) == 3
