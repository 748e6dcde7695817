"""A client that speaks with a bearer token, one per person and scope."""

import pytest
from django.core.cache import caches
from rest_framework.test import APIClient

from accounts import services as accounts


@pytest.fixture(autouse=True)
def fresh_counters():
    """Throttles count from zero in every test."""
    caches["default"].clear()
    caches["throttle"].clear()


@pytest.fixture
def secret(cast):
    """The secret of a new token of a person."""

    def issue(user, *scopes):
        return accounts.issue_token(user, "test", scopes or ["write"], actor=user)[1]

    return issue


@pytest.fixture
def api(secret):
    """`api(cast.li_na)` speaks for her; English unless told otherwise."""
    made = {}

    def client_of(user, *scopes):
        if (user.pk, scopes) not in made:
            client = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret(user, *scopes)}", HTTP_ACCEPT_LANGUAGE="en")
            made[user.pk, scopes] = client
        return made[user.pk, scopes]

    return client_of
