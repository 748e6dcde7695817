"""Words sent to the API beside the report itself: too long, unkeepable, empty, or sent twice."""

import json

import pytest

from tests.footprint import nothing_written

pytestmark = pytest.mark.django_db
WRONG = ["x" * 50_001, "长" * 200_000, "开头\0结尾", "\ud800", "", " \n\t ", None, ["x"], {"a": "b"}]


def send(client, url, data):
    """As a program does that escapes what is not ASCII: only so half a surrogate pair can be sent at all."""
    return client.post(url, json.dumps(data), content_type="application/json")


@pytest.mark.parametrize("body", WRONG)
@pytest.mark.parametrize("is_internal", [True, False])
def test_comment_that_cannot_be_kept_names_its_field(api, cast, incident, body, is_internal):
    zhang_wei = api(cast.zhang_wei)
    with nothing_written():
        response = send(
            zhang_wei, f"/api/v1/tickets/{incident.number}/comments/", {"body": body, "is_internal": is_internal}
        )
    assert response.status_code == 422, response.content
    assert list(response.json()["errors"]) == ["body"]


@pytest.mark.parametrize("reason", ["x" * 501, "a\0b", "\ud800", "", None, ["x"]])
def test_words_of_a_step_that_cannot_be_kept_name_their_field(api, cast, incident, reason):
    zhang_wei = api(cast.zhang_wei)
    with nothing_written():
        response = send(
            zhang_wei, f"/api/v1/incidents/{incident.number}/transitions/", {"name": "cancel", "reason": reason}
        )
    assert response.status_code == 422, response.content
    assert list(response.json()["errors"]) == ["reason"]


def test_step_sent_twice_is_taken_once(api, cast, incident):
    zhang_wei = api(cast.zhang_wei)
    url = f"/api/v1/incidents/{incident.number}/transitions/"
    step = {"name": "claim", "team": cast.desk.pk, "version": incident.version}
    assert zhang_wei.post(url, step).status_code == 200
    with nothing_written():
        again = zhang_wei.post(url, step)
    assert again.status_code == 409, again.content
