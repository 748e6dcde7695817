"""Going along a reading path over the API: begin, read, answer, and the certificate at the end."""

import pytest

from knowledge import services as knowledge
from knowledge.models import Attempt, Certificate, Enrolment
from tests import paths

pytestmark = pytest.mark.django_db
URL = "/api/v1/reading-paths/"


@pytest.fixture
def path(cast):
    return paths.begun(cast)


@pytest.fixture
def steps(path):
    return list(path.steps.all())


def test_newcomer_goes_from_the_first_step_to_the_certificate(api, cast, path, steps):
    question, client, there = paths.ask(cast, path), api(cast.zhang_wei), f"{URL}{path.pk}/"
    assert client.get(there).json()["progress"] is None
    begun = client.post(f"{there}begin/")
    assert begun.status_code == 201, begun.content
    assert [step["is_done"] for step in begun.json()["progress"]["steps"]] == [False, False]
    read = client.post(f"{there}read/", {"step": steps[0].pk}, format="json")
    assert (read.status_code, read.json()["mine"]["steps_done"], read.json()["mine"]["steps_asked"]) == (201, 1, 2)
    asked = read.json()["progress"]["steps"][1]["quiz"]
    assert asked["solutions"] == [] and "right" not in str(asked["questions"])
    assert asked["questions"][0]["choices"] == ["Tell the password", "Verify who it is first"]
    for step, key in ((steps[1].pk, asked["questions"][0]["id"]), (None, question.pk)):
        sent = {"answers": [{"question": key, "chosen": [1]}]} | ({"step": step} if step else {})
        answer = client.post(f"{there}answers/", sent, format="json")
        assert (answer.status_code, answer.json()["is_passed"]) == (201, True), answer.content
    whole = client.get(there).json()
    assert whole["progress"]["final"]["solutions"] == [
        {"question": question.pk, "right": [1], "explanation": "Calls by impostors are common."}
    ]
    assert whole["mine"]["finished_at"] and whole["mine"]["certificate"]
    certificate = client.get(f"/api/v1/certificates/{whole['mine']['certificate']}/").json()
    assert (certificate["person"]["id"], certificate["path"]["id"]) == (cast.zhang_wei.pk, path.pk)
    assert certificate["is_valid"] is True


def test_what_is_sent_twice_with_a_key_happens_once(api, cast, path, steps):
    client, there = api(cast.zhang_wei), f"{URL}{path.pk}/"
    knowledge.give_path(path, cast.zhang_wei, actor=cast.zhang_wei)
    wrong = {"step": steps[1].pk, "answers": [{"question": steps[1].questions.get().pk, "chosen": [0]}]}
    for _try in range(2):
        answer = client.post(f"{there}answers/", wrong, format="json", HTTP_IDEMPOTENCY_KEY="a")
        assert (answer.status_code, answer.json()["is_passed"]) == (201, False)
    assert Attempt.objects.count() == 1, "no try was lost"
    for _try in range(2):
        assert client.post(f"{there}read/", {"step": steps[0].pk}, format="json").status_code == 201
        assert client.post(f"{there}begin/").status_code == 201
    assert Enrolment.objects.count() == 1


def test_bad_answers_use_up_no_try_and_are_told_by_name(api, cast, path, steps):
    client, there = api(cast.zhang_wei), f"{URL}{path.pk}/"
    assert client.post(f"{there}read/", {"step": steps[0].pk}, format="json").status_code == 409, "not begun"
    knowledge.give_path(path, cast.zhang_wei, actor=cast.zhang_wei)
    key = steps[1].questions.get().pk
    for answers, field in (
        ([], f"q{key}"), ([{"question": key, "chosen": []}], f"q{key}"),
        ([{"question": key, "chosen": [7]}], f"q{key}"),
        ([{"question": key, "chosen": [1]}, {"question": 999, "chosen": [0]}], "answers"),
        ("x", "answers.non_field_errors"),
    ):  # fmt: skip
        sent = {"step": steps[1].pk, "answers": answers}
        refused = client.post(f"{there}answers/", sent, format="json")
        assert refused.status_code == 422 and field in refused.json()["errors"], refused.content
    assert client.post(f"{there}read/", {"step": steps[1].pk}, format="json").status_code == 409, "has questions"
    other = paths.begun(cast).steps.first()
    assert client.post(f"{there}read/", {"step": other.pk}, format="json").status_code == 422
    assert not Attempt.objects.exists()


def test_others_see_neither_path_nor_progress_nor_certificate(api, cast, path, steps):
    assert api(cast.li_na).get(URL).json()["results"] == []
    assert api(cast.li_na).post(f"{URL}{path.pk}/begin/").status_code == 404
    knowledge.give_path(path, cast.li_na, actor=cast.wang_fang)
    assert [row["mine"]["steps_done"] for row in api(cast.li_na).get(URL).json()["results"]] == [0]
    assert api(cast.zhang_wei).get(URL).json()["results"][0]["mine"] is None, "somebody else's is not told"
    enrolment = knowledge.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    knowledge.read_step(enrolment, steps[0], actor=cast.chen_hao)
    knowledge.answer(enrolment, steps[1], actor=cast.chen_hao, answers={steps[1].questions.get().pk: [1]})
    there = f"/api/v1/certificates/{Certificate.objects.get().code}/"
    assert [api(user).get(there).status_code for user in (cast.li_na, cast.stranger, cast.zhang_wei)] == [404, 404, 200]
    assert api(cast.zhang_wei, "read").post(f"{URL}{path.pk}/begin/").status_code == 403


def test_list_costs_the_same_at_one_and_at_three_paths(api, cast, path, django_assert_num_queries):
    client = api(cast.zhang_wei)
    client.get(URL)
    for _round in range(2):
        with django_assert_num_queries(3):
            client.get(URL)
        for _more in range(2):
            knowledge.give_path(paths.begun(cast), cast.zhang_wei, actor=cast.zhang_wei)
