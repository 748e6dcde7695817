"""A fishbone built by the keyboard alone: saved, drawn, exported and imported to another problem identically."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from problems import services
from problems.causes import dumps
from problems.causes.outline import Row
from problems.models import Analysis
from tests.browser.axe import severe
from tests.problems import investigated

KEYS = (
    "Machines", "Enter", "Tab", "The power supply is old", "Enter", "Tab", "Nobody replaces it in time", "F2", "Enter",
    "Shift+Tab", "Shift+Tab", "People", "Alt+ArrowUp",
)  # fmt: skip
BUILT = [
    (0, "People", "suspected"),
    (0, "Machines", "suspected"),
    (1, "The power supply is old", "suspected"),
    (2, "Nobody replaces it in time", "confirmed"),
]


def _typed(page, keys):
    for key in keys:
        if re.fullmatch(r"(Shift\+|Alt\+|Control\+)?(Enter|Tab|F2|Escape|Arrow\w+)", key):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def _shown(analysis):
    return [(depth, node.text, node.state) for depth, node in analysis.tree.walk()]


def test_a_fishbone_is_built_by_keyboard_alone_and_comes_back_identical(sign_in, cast, tmp_path):
    problem = investigated(cast)
    analysis = services.begin_analysis(problem, actor=cast.chen_hao, method="fishbone", head="It restarts")
    page = sign_in(cast.chen_hao, reverse("problems:analysis", args=[problem.number, analysis.pk]))
    row = page.get_by_role("textbox", name="Category")
    row.focus()
    _typed(page, KEYS)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".causes-drawing")).to_contain_text("✓ Nobody replaces it in")
    expect(page.get_by_text("Cause confirmed")).to_be_visible()
    analysis.refresh_from_db()
    assert _shown(analysis) == BUILT
    expect(page.locator(":focus")).to_have_value("People")
    _typed(page, ["Escape"])
    assert page.evaluate("document.activeElement.dataset.act") == "outdent"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.act") == "indent"
    assert severe(page) == []

    with page.expect_download() as offered:
        page.get_by_role("link", name="JSON").click()
    file = tmp_path / "fishbone.json"
    offered.value.save_as(file)
    with page.expect_download() as offered:
        page.get_by_role("button", name="PNG").click()
    assert offered.value.suggested_filename.endswith(".png")
    offered.value.save_as(tmp_path / "fishbone.png")
    assert (tmp_path / "fishbone.png").read_bytes().startswith(b"\x89PNG")

    other = investigated(cast, items=[])
    page.goto(page.url.split("/problems/")[0] + reverse("problems:analyses", args=[other.number]))
    page.get_by_label("File of an analysis (JSON)").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("It restarts").first).to_be_attached()
    made = Analysis.objects.get(problem=other)
    assert dumps(made.tree) == dumps(analysis.tree) == file.read_text("utf-8")


def test_the_second_to_save_sees_both_and_loses_nothing(sign_in, cast, watch):
    watch.allow("status of 409")
    analysis = services.begin_analysis(investigated(cast), actor=cast.chen_hao, method="whys", head="It restarts")
    page = sign_in(cast.chen_hao, reverse("problems:analysis", args=[analysis.problem.number, analysis.pk]))
    first = page.get_by_role("textbox", name="Cause")
    first.fill("The disk is full")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    analysis.refresh_from_db()
    key = analysis.tree.roots[0].id
    rows = [Row(key, 0, "The disk is broken")]
    services.save_outline(analysis, actor=cast.wang_fang, rows=rows, head="It restarts", version=2)
    first.fill("The disk is slow")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Yours: The disk is slow. Theirs: The disk is broken.")).to_be_visible()
    expect(first).to_have_value("The disk is slow")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    analysis.refresh_from_db()
    assert analysis.tree.roots[0].text == "The disk is slow"
