"""Who looks at which page: every route, asked as everybody, and no route forgotten without a reason."""

import re

from django.test import Client
from django.urls import resolve

from tests.browser.house import told_addresses
from tests.guards.routes import ROUTES
from tests.guards.samples import url_of

# Routes without a page of this house, by reason; an entry that shows a page, or is no route any more, fails.
# What is only posted to answers 405 and needs no entry; what lies below /api/ has no pages.
NO_PAGE = {
    "a part of a page, which htmx asks for": {
        "accounts:lookup", "cmdb:find", "cmdb:find-items", "desk:known-tags", "desk:live",
        "desk:major-children", "desk:people", "desk:replies", "desk:responsible", "knowledge:matches",
        "knowledge:suggest", "notifications:bell", "portal:expected", "portal:people",
    },
    "a part of a page about what somebody is typing": {"desk:more", "desk:reuse"},
    "a file, or figures for a machine": {
        "accounts:export", "catalog:export", "changes:feed", "cmdb:file", "cmdb:import-lines", "insights:export",
        "integrations:raw_letter", "knowledge:file", "knowledge:picture", "metrics", "portal:attachment",
        "portal:picture", "portal:suggest", "problems:export-analysis", "readyz",
    },
    "leads on at once": {"notifications:follow", "set_language", "sla:agreement"},
    "a click in a mail that acts at once": {"notifications:confirm", "surveys:rate", "surveys:rate_ticket"},
    "needs a call that nobody answered: tests/portal/test_sla_escalation.py": {"sla:answer_call"},
    "in the demo only": {"notifications:mailbox", "notifications:mail", "notifications:mail_html"},
}  # fmt: skip
NOWHERE = "/no-such-page/"
POSTED_TO = 405
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
_TAG = re.compile(r"<[a-z][^>]*>")
_VALUE = re.compile(r'(?<! class)(?<! role)(?<! type)="[^"]*"')


def pages(cast, made):
    """`[(person or None, path)]`: each address for everybody of the cast to whom it is made of other elements.

    Raises AssertionError with the routes that show nobody a page and have no reason in NO_PAGE, and with the
    reasons that are not needed.
    """
    people = (None, cast.li_na, cast.zhao_min, cast.zhang_wei, cast.liu_yang, cast.wang_fang, cast.admin)
    browsers = [(person, Client()) for person in people]
    for person, browser in browsers[1:]:
        browser.force_login(person)
    routes = [route for route in ROUTES if not route.template.startswith("/api/")]
    paths = [*told_addresses(cast, made), *(url_of(route, made["samples"]) for route in routes)]
    found, seen = [(None, NOWHERE)], set()
    for path in dict.fromkeys(paths):
        lookers, is_settled = _lookers(path, browsers)
        found += [(person, path) for person in lookers]
        if is_settled:
            seen.add(resolve(path.partition("?")[0]).view_name)
    excused = set().union(*NO_PAGE.values())
    forgotten = {route.name for route in routes} - seen - excused
    assert not forgotten, f"nobody gets a page of {sorted(forgotten)}: mend the sample, or give a reason in NO_PAGE"
    needless = excused - ({route.name for route in routes} - seen)
    assert not needless, f"NO_PAGE has a reason for what needs none: {sorted(needless)}"
    return found


def _lookers(path, browsers):
    """Who is to look at the page of `path`, and whether it is a page or only posted to."""
    lookers, looks = [], set()
    for person, browser in browsers:
        response = browser.get(path)
        elements = _elements(response)
        response.close()
        if response.status_code == POSTED_TO:
            return [], True
        if elements and elements not in looks:
            lookers.append(person)
            looks.add(elements)
    return lookers, bool(lookers)


def _elements(response):
    """The kinds of elements of a page's main part; nothing when the answer is no page of its own."""
    is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    if response.status_code != 200 or not is_html or b"</html>" not in response.content:
        return frozenset()
    text = response.content.decode()
    main = _MAIN.search(text)
    return frozenset(_VALUE.sub("", tag) for tag in _TAG.findall(main[0] if main else text))
