"""Nothing is overwritten silently: ETags, versions, and what a stale writer is told."""

import pytest

from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(incident):
    return f"/api/v1/incidents/{incident.number}/"


def test_etag_spares_reading_again_until_something_changed(api, cast, incident, url):
    client = api(cast.zhang_wei)
    etag = client.get(url)["ETag"]
    unchanged = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get(url, HTTP_IF_NONE_MATCH=f'W/{etag}, "x"').status_code == 304
    # Another language is another answer.
    assert client.get(url, HTTP_IF_NONE_MATCH=etag, HTTP_ACCEPT_LANGUAGE="zh-hans").status_code == 200
    tickets.edit(incident, actor=cast.zhang_wei, changes={"place": "Room 301"})
    assert client.get(url, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_if_match_of_an_old_version_is_412_with_the_changes(api, cast, incident, url):
    client = api(cast.zhang_wei)
    etag = client.get(url)["ETag"]
    tickets.edit(incident, actor=cast.admin, changes={"title": "Somebody was faster"})
    for refused in (
        client.patch(url, {"title": "Mine"}, HTTP_IF_MATCH=etag),
        client.patch(url, {"title": "Mine"}, HTTP_IF_MATCH='"1"'),
        client.post(f"{url}transitions/", {"name": "claim", "team": cast.desk.pk}, HTTP_IF_MATCH=etag),
        client.post(f"{url}comments/", {"body": "x"}, HTTP_IF_MATCH=etag),
    ):
        assert refused.status_code == 412
        assert refused.json()["current_version"] == 2
        assert refused.json()["changes"][0]["changes"][0]["after"] == "Somebody was faster"
    assert client.patch(url, {"title": "Mine"}, HTTP_IF_MATCH="nonsense").status_code == 412
    assert client.patch(url, {"title": "Mine"}, HTTP_IF_MATCH="*").status_code == 200
    fresh = client.get(url)["ETag"]
    assert client.patch(url, {"title": "Mine again"}, HTTP_IF_MATCH=fresh).status_code == 200


def test_old_version_in_the_body_is_409_with_the_changes(api, cast, incident, url):
    client = api(cast.zhang_wei)
    tickets.edit(incident, actor=cast.admin, changes={"title": "Somebody was faster"})
    for refused in (
        client.patch(url, {"title": "Mine", "version": 1}),
        client.post(f"{url}transitions/", {"name": "claim", "team": cast.desk.pk, "version": 1}),
        client.post(f"{url}comments/", {"body": "x", "version": 1}),
    ):
        assert refused.status_code == 409
        body = refused.json()
        assert (body["code"], body["current_version"]) == ("stale", 2)
        assert [change["name"] for change in body["changes"]] == ["ticket.edited"]


def test_stale_requester_is_told_only_what_they_may_see(api, cast, incident, url):
    tickets.comment(incident, actor=cast.zhang_wei, body="internal words", is_internal=True)
    tickets.comment(incident, actor=cast.zhang_wei, body="public words")
    refused = api(cast.li_na).post(f"{url}comments/", {"body": "x", "version": 1})
    assert refused.status_code == 409
    assert [change["is_public"] for change in refused.json()["changes"]] == [True]
    assert "changes" not in refused.json()["changes"][0]
