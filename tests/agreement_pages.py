"""Agreements in the browser's language of requests: who reads, where, and what the page says."""

import re

from django.test import Client
from django.urls import reverse


def at_home(person, language="en"):
    """A browser in which they are signed in and read this language."""
    person.language = language
    person.save()
    client = Client()
    client.force_login(person)
    return client


def url(name, version, **more):
    return reverse(f"sla:{name}", kwargs={"agreement": version.agreement_id, "v": version.number} | more)


def text_of(response, status=200):
    """What a page says, white space made one blank; it must have this status."""
    assert response.status_code == status, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())
