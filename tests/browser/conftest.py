"""A live server, a browser per process, a fresh context per person, and no complaint overlooked."""

import os
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.chromium import Chromium
from tests.browser.watching import Watch
from tests.cast import make_cast

HERE = Path(__file__).parent
DESKTOP = {"width": 1440, "height": 900}
PATIENCE_MS = 15_000
FAILED = pytest.StashKey[bool]()
_chromium = Chromium()


def pytest_collection_modifyitems(items):
    reason = os.environ.get("ITSM_NO_BROWSER_REASON") or "set ITSM_CHROMIUM to the path of a Chromium"
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not os.environ.get("ITSM_CHROMIUM"):
                item.add_marker(pytest.mark.skip(reason=f"no browser: {reason}"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem):
    if nextitem is None or HERE not in nextitem.path.parents:
        _chromium.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def cast(transactional_db):
    """The cast, reading English, so that pages are asserted in one language unless a test chooses another."""
    made = make_cast()
    User.objects.update(language="en")
    return made


@pytest.fixture
def quiet_server(live_server, settings):
    """The live server; when the test is over it first ends what it is doing, so that the tables can be emptied."""
    settings.SITE_URL = live_server.url
    busy, calm = [0], threading.Condition()

    def count(by):
        with calm:
            busy[0] += by
            calm.notify_all()

    def started(**_kwargs):
        count(1)

    def finished(**_kwargs):
        count(-1)

    request_started.connect(started)
    request_finished.connect(finished)
    yield live_server
    with calm:
        calm.wait_for(lambda: busy[0] <= 0, timeout=10)
    request_started.disconnect(started)
    request_finished.disconnect(finished)


@pytest.fixture
def watch(quiet_server):
    """Fails the test in the end for every error, violation or foreign request its pages had."""
    watch = Watch(quiet_server.url)
    yield watch
    assert watch.verdict() == []


@pytest.fixture
def visit(quiet_server, watch, request, tmp_path):
    """`visit(path, **context options)`: a page of a browser of its own, signed out.

    A failed test leaves a picture of each page in its temporary folder.
    """
    contexts = []

    def open_page(path="/", *, cookies=(), prepare=None, **options):
        options = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Asia/Shanghai"} | options
        context = _chromium.browser().new_context(base_url=quiet_server.url, **options)
        contexts.append(context)
        watch.look_at(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": name, "value": value, "url": quiet_server.url} for name, value in cookies])
        page = context.new_page()
        if prepare:
            prepare(page)
        page.goto(path)
        return page

    expect.set_options(timeout=PATIENCE_MS)
    yield open_page
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(page for context in contexts for page in context.pages):
            page.screenshot(path=tmp_path / f"page-{number}.png")
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(visit):
    """`sign_in(person, path, **context options)`: a page of a browser in which `person` is signed in already."""

    def open_page(person, path="/", **options):
        client = Client()
        client.force_login(person)
        session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        return visit(path, cookies=[(django_settings.SESSION_COOKIE_NAME, session)], **options)

    return open_page
