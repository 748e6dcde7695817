"""What axe-core finds on a page, by WCAG and beyond; only what shuts people out is told."""

from pathlib import Path

import axe_playwright_python

# What a change of colours can break.
OF_COLOUR = ("color-contrast", "link-in-text-block")
_SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
_RUN = """async (options) => (await axe.run(document, options)).violations
  .filter((rule) => ["serious", "critical"].includes(rule.impact))
  .flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.html.slice(0, 150)} (${(node.failureSummary ?? "").slice(0, 160)})`))"""


def bring(page):
    """Have axe in every document of the page from its start, which costs a third of bringing it each time."""
    page.add_init_script(script=_SCRIPT)


def severe(page, rules=()):
    """The serious and critical findings, each in a line; of some `rules` only, where named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    return page.evaluate(_RUN, {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {}))
