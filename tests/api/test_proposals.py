"""Recurring incidents over the API: by the portal's own services."""

import pytest

from cmdb.models import ConfigurationItem
from incidents import services as incidents
from problems import services
from problems.models import RecurrenceRule
from tests.problems import raised

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def made(cast):
    """Three incidents on each of two items; three are enough."""
    RecurrenceRule.objects.filter(basis="item").update(incidents=3)
    made = {}
    for slug in ("core-sw-02", "core-sw-03"):
        item = ConfigurationItem.objects.create(
            slug=slug, item_class_id="switch", name_en=slug, organisation=cast.xinghe
        )
        made[slug] = [
            incidents.report_incident(actor=cast.li_na, title="Port down", service=cast.email, affected_items=[item])
            for _n in range(3)
        ]
        for one in made[slug]:
            services.look_at(one.pk)
    return made


def rows(client, **asked):
    return client.get(f"{API}problem-proposals/", asked).json()["results"]


def test_proposals_say_why_with_exactly_their_incidents(api, cast, made, django_assert_max_num_queries):
    client = api(cast.wang_fang)
    rows(client)
    with django_assert_max_num_queries(14):
        found = rows(client, state="open", basis="item")
    assert sorted(row["why"] for row in found) == [f"3 incidents on core-sw-0{n} in 1 day" for n in (2, 3)]
    assert sorted(row["incidents"] for row in found) == [[one.number for one in held] for held in made.values()]
    assert found[0]["parts"] == [{"what": "3 incidents, 3 are enough", "points": 10}] and found[0]["score"] == 10
    assert rows(api(cast.li_na)) == rows(api(cast.stranger)) == []
    assert client.get(f"{API}problem-proposals/?state=none").status_code == 400


def test_they_are_accepted_merged_and_dismissed_once(api, cast, made):
    client = api(cast.wang_fang)
    first, second = (f"{API}problem-proposals/{row['id']}/" for row in rows(client))
    problem = raised(cast, items=[])
    assert api(cast.zhang_wei).post(f"{first}accept/", {"title": "x"}, "json").status_code == 403
    assert api(cast.stranger).post(f"{first}accept/", {"title": "x"}, "json").status_code == 404
    assert client.post(f"{first}merge/", {}, "json").status_code == 422
    assert client.post(f"{first}merge/", {"problem": "PRB999999"}, "json").status_code == 422
    assert client.post(f"{first}merge/", {"problem": problem.number}, "json").json()["problem"] == problem.number
    assert client.post(f"{first}accept/", {"title": "x"}, "json").status_code == 409
    assert client.post(f"{second}dismiss/", {"reason": "x", "silent_until": "2001-01-01"}, "json").status_code == 422
    opened = client.post(f"{second}accept/", {"title": "Both switches"}, "json").json()
    assert opened["state"] == "accepted" and opened["problem"].startswith("PRB")
    assert problem.incidents().count() == 3


def test_rules_are_kept_by_managers(api, cast):
    client = api(cast.wang_fang)
    row = client.get(f"{API}recurrence-rules/").json()["results"][0]
    url = f"{API}recurrence-rules/{row['id']}/"
    assert client.patch(url, {"incidents": 7, "factor": "1.5"}, "json").json()["incidents"] == 7
    assert client.patch(url, {"days": 900}, "json").status_code == 422
    assert api(cast.zhang_wei).patch(url, {"incidents": 3}, "json").status_code == 403
    assert api(cast.zhang_wei).get(url).json()["factor"] == 1.5
    assert api(cast.li_na).get(url).status_code == 404
    assert client.post(f"{API}recurrence-rules/", {"name_en": "Many", "basis": "item"}, "json").status_code == 201
