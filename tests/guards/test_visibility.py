"""Every route, every member of the cast: nobody is let in unasked, nobody sees another organisation's objects."""

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from tests.guards.routes import ROUTES, in_groups
from tests.guards.samples import make_samples, url_of

pytestmark = pytest.mark.django_db

# Routes that answer visitors, each with its reason. An entry that no longer exists fails the guard.
PUBLIC = {
    "set_language": "visitors choose the language of the login page",
    "portal:appearance": "visitors choose language and theme of the login page",
    "accounts:login": "the way in",
    "accounts:logout": "the way out",
    "accounts:demo_sign_in": "one button per role, in demo mode only",
    "accounts:forgotten": "whoever lost a password is a visitor",
    "accounts:reset_requested": "the same words for every address",
    "accounts:reset_password": "the secret link of a mail",
    "accounts:accept_invitation": "the secret link of a mail",
    "notifications:confirm": "the signed link of a mail",
    "notifications:reopen": "the signed link of a mail",
    "notifications:vote": "the signed link of a mail",
    "sla:answer_call": "the signed link of a mail",
    "api:schema": "the description of the API says nothing about anybody",
    "readyz": "one word to strangers; figures for the operator (tests/api/test_operations.py)",
    "metrics": "this machine only; tests/api/test_operations.py asks as a stranger",
    "api:docs": "the description of the API says nothing about anybody",
    "knowledge:certificate": "whoever was shown a certificate may verify it by its code, which cannot be guessed",
    "surveys:rate": "the signed link of a mail",
    "surveys:answer": "the signed link of a mail",
    "surveys:rate_ticket": "the signed link of a mail",
}
# Routes about objects that belong to no organisation.
SHARED = {
    "api:category-detail": "categories are the common vocabulary",
    "api:item-class-detail": "classes of items are the common vocabulary",
    "portal:service": "a service that is offered to every organisation",
}
# Not there, not theirs, not to be read, or led away.
HIDDEN = (302, 403, 404, 405)
CAST = ["li_na", "zhao_min", "stranger", "zhang_wei", "chen_hao", "liu_yang", "wang_fang", "admin"]


@pytest.fixture
def samples(cast, incident):
    return make_samples(cast, incident)


@pytest.fixture
def browsers(cast):
    """One browser for a visitor and for each member of the cast, signed in."""
    signed_in = {who: Client() for who in CAST}
    for who, browser in signed_in.items():
        browser.force_login(getattr(cast, who))
    return {"": Client()} | signed_in


def status_of(client, url, *, is_personal=False):
    """The answer's status; a file that it streams is read to its end, which closes it."""
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)
    if response.status_code == 200 and is_personal:
        refuse_careless_headers(response, url)
    return response.status_code


def refuse_careless_headers(response, url):
    """What somebody signed in reads is kept by no cache, framed by no page, told to no other site, and runs no code."""
    policy = response.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy, f"{url}: {policy}"
    scripts = [part for part in policy.split(";") if part.strip().startswith("script-src")]
    assert not any("unsafe-inline" in part for part in scripts), f"{url}: {policy}"
    assert {"no-store", "no-cache"} & set(response.get("Cache-Control", "").replace(",", " ").split()), url
    assert "HX-Request" in response.get("Vary", ""), url
    assert response.get("Referrer-Policy") == "same-origin", url
    assert response.get("X-Content-Type-Options") == "nosniff", url
    assert response.get("X-Frame-Options") in ("DENY", "SAMEORIGIN"), url


@pytest.fixture(autouse=True)
def unhurried():
    """Knocking at every route of the API within a minute is more than a stranger may."""
    caches["throttle"].clear()


def troubles_of(route, url, browsers):
    """What is wrong with the answers of one route, a sentence each."""
    for who, browser in browsers.items():
        with transaction.atomic():  # what a look leaves behind is not there for the next
            status = status_of(browser, url, is_personal=bool(who) and route.name not in PUBLIC)
            transaction.set_rollback(True)
        if status >= 500:
            yield f"{who or 'a visitor'} got {status} from {url}"
        elif not who and route.name not in PUBLIC and status not in (302, 401, 404, 405):
            yield f"a visitor got {status} from {url}"
        elif who == "stranger" and route.parameters and route.name not in (PUBLIC | SHARED) and status not in HIDDEN:
            yield f"a stranger got {status} from {url}"


# The samples take longer to make than a route to ask, so that many routes share them.
@pytest.mark.parametrize("routes", in_groups(ROUTES, 25), ids=lambda routes: f"{routes[0].name}...")
def test_routes_let_nobody_in_unasked(samples, browsers, routes):
    assert [trouble for r in routes for trouble in troubles_of(r, url_of(r, samples), browsers)] == []


def test_lists_of_exceptions_are_not_stale():
    names = {route.name for route in ROUTES}
    assert {name for name in (*PUBLIC, *SHARED) if name not in names} == set()
