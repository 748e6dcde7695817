"""Every icon a page names is in the sprite; a missing one would be an empty square nobody notices."""

import re
from pathlib import Path

from incidents.workflow import INCIDENT

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(
    r"""\{% icon "([a-z0-9-]+)"|(?<![\w:-])icon="([a-z0-9-]+)"|svgIcon\("([a-z0-9-]+)"\)|icon: "([a-z0-9-]+)\""""
)


def test_every_named_icon_is_in_the_sprite():
    lines = (ROOT / "static/src/icons.txt").read_text().splitlines()
    known = {line.strip().replace("/", "-") for line in lines if line.strip() and not line.startswith("#")}
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/src").rglob("*.js")]
    named = {next(filter(None, found)) for source in sources for found in NAMED.findall(source.read_text())}
    named |= {transition.icon for transition in INCIDENT.transitions if transition.icon}
    assert len(named) > 30
    assert named - known == set()
