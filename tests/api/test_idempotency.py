"""A creation that is sent twice happens once."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.models import IdempotentAnswer
from incidents.models import Incident
from tests.cast import make_cast
from tickets.models import Attachment, Comment

INCIDENTS = "/api/v1/incidents/"


@pytest.mark.django_db
def test_repeated_report_is_answered_alike_and_happens_once(api, cast):
    client, body = api(cast.li_na), {"title": "Mail", "service": cast.email.pk}
    first = client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="k-1")
    again = client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="k-1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert (first["Location"], first["ETag"]) == (again["Location"], again["ETag"])
    assert again["Idempotent-Replayed"] == "true"
    other = client.post(INCIDENTS, body | {"title": "Other"}, HTTP_IDEMPOTENCY_KEY="k-1")
    assert other.status_code == 422
    assert Incident.objects.count() == 1
    # The key is one person's own.
    assert api(cast.zhang_wei).post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="k-1").status_code == 201
    assert client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="k 1").status_code == 400
    assert client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="k" * 121).status_code == 400


@pytest.mark.django_db
def test_refused_report_does_not_use_up_its_key(api, cast):
    client = api(cast.li_na)
    assert client.post(INCIDENTS, {"title": "Mail"}, HTTP_IDEMPOTENCY_KEY="k").status_code == 422
    assert not IdempotentAnswer.objects.exists()
    body = {"title": "Mail", "service": cast.email.pk}
    assert client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="k").status_code == 201


@pytest.mark.django_db
def test_comments_and_files_are_sent_once(api, cast, incident):
    client, url = api(cast.li_na), f"{INCIDENTS}{incident.number}/"
    for _attempt in range(2):
        said = client.post(f"{url}comments/", {"body": "Hello"}, HTTP_IDEMPOTENCY_KEY="c")
        kept = client.post(
            f"{url}attachments/",
            {"files": SimpleUploadedFile("log.txt", b"line")},
            format="multipart",
            HTTP_IDEMPOTENCY_KEY="f",
        )
        assert (said.status_code, kept.status_code) == (201, 201)
    assert (Comment.objects.count(), Attachment.objects.count()) == (2, 1)
    other = client.post(
        f"{url}attachments/",
        {"files": SimpleUploadedFile("log.txt", b"other")},
        format="multipart",
        HTTP_IDEMPOTENCY_KEY="f",
    )
    assert other.status_code == 422


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_day(api, cast):
    client, body = api(cast.li_na), {"title": "Mail", "service": cast.email.pk}
    client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="old")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    api(cast.zhang_wei).post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="new")
    assert list(IdempotentAnswer.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.django_db(transaction=True)
def test_ten_simultaneous_copies_make_one_incident():
    cast = make_cast()
    _token, secret = accounts.issue_token(cast.li_na, "race", ["write"], actor=cast.li_na)
    start, answers = threading.Barrier(10), []

    def send():
        client = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_ACCEPT_LANGUAGE="en")
        try:
            start.wait()
            body = {"title": "Mail", "service": cast.email.pk}
            answers.append(client.post(INCIDENTS, body, HTTP_IDEMPOTENCY_KEY="same"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 10
    assert {answer.json()["number"] for answer in answers} == {Incident.objects.get().number}
