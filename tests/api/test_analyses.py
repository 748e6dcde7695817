"""Root cause analyses through the API: the same tree as in a file, the same merge as on the page."""

import pytest

from tests.problems import investigated

pytestmark = pytest.mark.django_db
TREE = {
    "format": "root-cause-analysis", "version": 1, "method": "whys", "head": "It restarts",
    "roots": [{"id": "a", "text": "The power supply is old"}, {"id": "b", "text": "The room is hot"}],
}  # fmt: skip


def _address(problem):
    return f"/api/v1/problems/{problem.number}/analyses/"


def test_an_analysis_is_imported_read_and_comes_back_the_same(api, cast):
    client, problem = api(cast.chen_hao), investigated(cast)
    born = client.post(_address(problem), {"tree": TREE}, format="json")
    assert (born.status_code, born.json()["version"], born.json()["method"]) == (201, 1, "whys")
    address = f"{_address(problem)}{born.json()['id']}/"
    tree = client.get(address).json()["tree"]
    again = client.post(_address(problem), {"tree": tree}, format="json")
    assert again.json()["tree"] == tree
    assert [row["id"] for row in client.get(_address(problem)).json()["results"]] == [
        born.json()["id"], again.json()["id"],
    ]  # fmt: skip


def test_two_who_save_different_causes_both_stay_and_the_same_cause_is_a_conflict(api, cast):
    client, problem = api(cast.chen_hao), investigated(cast)
    born = client.post(_address(problem), {"tree": TREE}, format="json").json()
    address = f"{_address(problem)}{born['id']}/"

    def saved(**texts):
        roots = [node | {"text": texts.get(node["id"], node["text"])} for node in born["tree"]["roots"]]
        return client.put(address, {"version": 1, "tree": born["tree"] | {"roots": roots}}, format="json")

    assert saved(a="It is worn").status_code == 200
    both = saved(b="The room is at 40 °C").json()
    assert [node["text"] for node in both["tree"]["roots"]] == ["It is worn", "The room is at 40 °C"]
    refused = saved(a="It is broken")
    assert refused.status_code == 409
    assert refused.json()["clashes"] == [
        {"id": "a", "side": "text", "mine": "It is broken", "theirs": "It is worn"}
    ]  # fmt: skip
    assert refused.json()["current"] == 3


def test_what_is_no_tree_is_refused_with_its_place(api, cast):
    problem = investigated(cast)
    wrong = TREE | {"roots": [{"id": "a", "text": ""}]}
    answer = api(cast.chen_hao).post(_address(problem), {"tree": wrong}, format="json")
    assert answer.status_code == 422 and answer.json()["errors"]["tree"] == ["roots[0].text: This is empty."]
    deep = {"id": "n", "text": "x"}
    for n in range(300):
        deep = {"id": f"n{n}", "text": "x", "children": [deep]}
    answer = api(cast.chen_hao).post(_address(problem), {"tree": TREE | {"roots": [deep]}}, format="json")
    assert answer.status_code == 422
    assert api(cast.li_na).post(_address(problem), {"tree": TREE}, format="json").status_code == 404


def test_one_that_leads_nowhere_is_removed_with_a_reason_and_comes_back(api, cast):
    client, problem = api(cast.chen_hao), investigated(cast)
    address = f"{_address(problem)}{client.post(_address(problem), {'tree': TREE}, format='json').json()['id']}/"
    silent = client.post(f"{address}remove/", {"reason": " "}, format="json")
    assert silent.status_code == 422 and "reason" in silent.json()["errors"]
    assert client.post(f"{address}remove/", {"reason": "Another fault"}, format="json").status_code == 200
    assert client.get(address).status_code == 404 and client.get(_address(problem)).json()["results"] == []
    assert client.post(f"{address}remove/", {"reason": "Again"}, format="json").status_code == 409
    assert api(cast.li_na).post(f"{address}restore/").status_code == 404
    assert client.post(f"{address}restore/").json()["tree"]["roots"][0]["text"] == "The power supply is old"
