"""Fixtures every family shares: the cast, an incident, a way to run owed reactions."""

from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.utils import translation

from events import services as events
from incidents import services as incidents
from tests.cast import make_cast

pytest_plugins = ["tests.family_guard"]
# How long an example takes to be made is the machine's affair, and no test fails by the clock.
SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile("house")


def pytest_configure(config):
    """WhiteNoise warns about a missing folder, and warnings are errors; nothing is collected for tests."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def english():
    """Messages are asserted in English unless a test chooses another language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def incident(cast):
    """What 李娜 reported a moment ago."""
    return incidents.report_incident(
        actor=cast.li_na, title="ERP 登录失败", description="点击登录没有反应", service=cast.erp
    )


@pytest.fixture
def deliver():
    """Run every owed reaction now, as the workers would; returns how many were run."""

    def run():
        total = 0
        while done := events.deliver_due():
            total += done
        return total

    return run
