"""Clocks, agreements and calendars over the API: read only, each to whom it concerns, at a fixed cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock as wall
from incidents import services as incidents
from sla import services as sla
from sla.models import Agreement, AgreementVersion, Clock, Target
from sla.models.calendar import Calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast):
    sla.install_defaults()
    return incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)


@pytest.fixture
def share(cast, ticket):
    """The service desk's own clock of the ticket."""
    agreement = Agreement.objects.create(slug="ola", kind="ola", team=cast.desk, name_zh="支撑", name_en="OLA")
    version = AgreementVersion.objects.create(agreement=agreement, number=1)
    Target.objects.create(
        version=version, metric="resolution", priority=4, seconds=3600, calendar=Calendar.objects.get(slug="office")
    )
    sla.put_in_force(version)
    return incidents.report_incident(actor=cast.zhang_wei, title="Netz", service=cast.erp, requester=cast.li_na)


def results(client, path, **query):
    response = client.get(f"/api/v1/{path}/", query)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_clocks_of_a_ticket_say_what_the_page_says(api, cast, ticket):
    rows = results(api(cast.li_na, "read"), "clocks", ticket=ticket.number)
    assert {row["metric"] for row in rows} == {"response", "resolution"}
    row = next(row for row in rows if row["metric"] == "resolution")
    assert (row["ticket"], row["state"], row["kind"]) == (ticket.number, "running", "sla")
    assert (row["target"], row["agreement"]["slug"], row["agreement_version"]) == (5 * 27000, "standard", 1)
    assert row["due_at"] and row["remaining"] <= row["target"]


def test_requester_sees_no_share_of_a_team_and_a_stranger_nothing(api, cast, share):
    clock = Clock.objects.filter(kind="sla").first()
    clock.pk, clock.kind, clock.team = None, "ola", cast.desk
    clock.save(force_insert=True)
    path = f"/api/v1/clocks/{clock.pk}/"
    assert api(cast.zhang_wei).get(path).json()["team"]["slug"] == "service-desk"
    assert api(cast.li_na).get(path).status_code == 404
    assert results(api(cast.li_na), "clocks", kind="ola") == []
    assert results(api(cast.stranger), "clocks") == []


def test_agreements_and_calendars_are_for_the_desk(api, cast, ticket):
    agreements = results(api(cast.zhang_wei), "agreements", kind="sla")
    standard = next(row for row in agreements if row["slug"] == "standard")
    assert [target["seconds"] for target in standard["versions"][0]["targets"]][:1] == [4 * 3600]
    office = next(row for row in results(api(cast.zhang_wei), "calendars") if row["slug"] == "office")
    assert (office["zone"], office["version"]) == ("Asia/Shanghai", 1)
    assert office["weekly"]["1"] == [["09:00", "12:00"], ["13:30", "18:00"]]
    for path in ("agreements", "calendars"):
        assert results(api(cast.li_na), path) == []
        assert api(cast.li_na).get(f"/api/v1/{path}/{standard['id']}/").status_code == 404


@pytest.mark.parametrize("path", ["clocks", "agreements", "calendars"])
def test_nothing_can_be_written_and_wrong_filters_are_refused(api, cast, ticket, path):
    client = api(cast.admin)
    assert client.post(f"/api/v1/{path}/", {}).status_code == 405
    assert client.get(f"/api/v1/{path}/", {"nonsense": "1"}).status_code == 400


def test_filters_narrow_and_cost_does_not_grow_with_the_rows(api, cast, ticket):
    client = api(cast.zhang_wei)
    assert results(client, "clocks", is_breached="true") == []
    assert len(results(client, "clocks", due_before=wall.now().replace(year=2030).isoformat())) == 2
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            results(client, "clocks")
        costs.append(len(asked))
        for number in range(3):
            incidents.report_incident(actor=cast.li_na, title=str(number), service=cast.erp)
    assert costs[0] == costs[1]
