"""What a page makes a phone load."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

KILOBYTE = 1000


def compressed(name) -> int:
    """The size of a built asset as it travels, in bytes."""
    return len(gzip.compress(Path(finders.find(name)).read_bytes(), 9, mtime=0))


def scripts_of(page) -> set[str]:
    return set(re.findall(rf'<script src="{settings.STATIC_URL}([^"?]+)"', page))


@pytest.mark.parametrize(
    ("who", "path", "limit"),
    [
        ("li_na", "/", 80),
        ("li_na", "/report/", 80),
        ("li_na", "/tickets/{number}/", 80),
        ("zhang_wei", "/desk/", 160),
        ("zhang_wei", "/desk/t/{number}/", 160),
        ("wang_fang", "/insights/", 160),
    ],
)
def test_scripts_of_a_page_stay_light(client, cast, incident, who, path, limit):
    client.force_login(getattr(cast, who))
    scripts = scripts_of(client.get(path.format(number=incident.number)).content.decode())
    assert scripts, "the page loads its scripts from static files"
    assert sum(compressed(name) for name in scripts) <= limit * KILOBYTE
