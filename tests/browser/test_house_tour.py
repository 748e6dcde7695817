"""Every page in both languages and appearances: usable for everybody, and inside a narrow screen.

What is shown: no page has a serious or critical finding of axe, in either language and either theme. Every rule is
asked once in each language, where other words are another document; the theme changes nothing but colours
(static/src/theme.js sets one attribute), so that the other theme is asked the rules of colour only. Everybody of
the cast to whom a page is made of other elements looks at it (tests/browser/pages.py).
"""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.axe import OF_COLOUR, bring, severe
from tests.browser.conftest import DESKTOP
from tests.browser.house import furnish
from tests.browser.pages import NOWHERE, pages

NARROW = {"width": 320, "height": 640}
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
# Charts keep their numbers in columns; every other table becomes cards or fits.
CUT_TABLES = """() => [...document.querySelectorAll("main .table-wrap:not(.chart-table)")]
  .filter((wrap) => wrap.scrollWidth > wrap.clientWidth)
  .map((wrap) => `${wrap.scrollWidth} px in ${wrap.clientWidth}: ${wrap.getAttribute("aria-label")}`)"""
OUTSIDE = """() => [...document.querySelectorAll(".menu[open] > .menu-panel")]
  .map((panel) => panel.getBoundingClientRect())
  .filter(({ left, right }) => left < 0 || right > document.documentElement.clientWidth).length"""
TOO_WIDE = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return "";
  const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth + 1;
  const found = [...document.querySelectorAll("main *, header *")].filter(sticksOut).slice(0, 3);
  return [`${scrollWidth} px`, ...found.map((element) => element.outerHTML.slice(0, 80))].join(" | ");
}"""
HEADED = """() => {
  const heads = [...document.querySelectorAll("h1")].filter((head) => head.checkVisibility()).length;
  return [...(document.title.trim() ? [] : ["no title"]), ...(heads === 1 ? [] : [`${heads} first headings`])];
}"""
# The desk stands still and its panes scroll; a page that scrolls as well would show what lies below it: nothing.
SLIPPING = """() => getComputedStyle(document.body).overflowY === "hidden"
  && document.documentElement.scrollHeight > document.documentElement.clientHeight
  ? [`the page is ${document.documentElement.scrollHeight} px high`] : []"""
# The page hears of another theme before its next frame.
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(done))"
OPEN_MENUS = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"


@pytest.fixture
def tour(cast, deliver, sign_in, visit, watch):
    """`tour(language, **options)` yields (path, person or None, page) for every page of the house."""
    watch.allow(rf"status of 404 .*{NOWHERE}")
    made = furnish(cast, deliver)

    def walk(language, **options):
        User.objects.update(language=language)
        options |= {"locale": LOCALES[language], "reduced_motion": "reduce", "prepare": bring}
        rooms = {}
        for person, path in pages(cast, made):
            if person not in rooms:
                rooms[person] = sign_in(person, path, **options) if person else visit(path, **options)
            else:
                rooms[person].goto(path)
            if path != NOWHERE:  # the page of an unknown address speaks both languages
                expect(rooms[person].locator("html")).to_have_attribute("lang", language)
            yield path, person, rooms[person]

    return walk


@pytest.mark.parametrize(("language", "theme", "other"), [("zh-hans", "light", "dark"), ("en", "dark", "light")])
def test_every_page_is_usable_by_everybody_and_fits_a_phone(tour, language, theme, other):
    findings = []
    for path, person, page in tour(language, color_scheme=theme):
        found = severe(page)
        page.emulate_media(color_scheme=other, reduced_motion="reduce")
        page.evaluate(NEXT_FRAME)
        found += severe(page, OF_COLOUR)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(NARROW)
        found += [line for line in (page.evaluate(TOO_WIDE), *page.evaluate(CUT_TABLES)) if line]
        page.set_viewport_size(DESKTOP)
        found += page.evaluate(HEADED) + page.evaluate(SLIPPING)
        findings += [f"{path} as {person or 'a visitor'}: {line}" for line in found]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("menu", ["bell", "user"])
def test_menus_open_inside_a_narrow_screen(cast, incident, sign_in, menu):
    for person, path in ((cast.li_na, "/"), (cast.zhang_wei, "/desk/")):
        page = sign_in(person, path, viewport=NARROW, reduced_motion="reduce")
        opener = ".top-end .bell > summary" if menu == "bell" else ".top-end > .menu > summary"
        page.locator(opener).click()
        expect(page.locator(".menu[open] > .menu-panel")).to_be_visible()
        assert page.evaluate(OUTSIDE) == 0, path


def test_opened_menus_and_dialogs_have_no_serious_finding(cast, incident, sign_in):
    findings = {}
    for person, path, keys in (
        (cast.li_na, "/", []),
        (cast.zhang_wei, f"/desk/t/{incident.number}/", []),
        (cast.zhang_wei, f"/desk/t/{incident.number}/", ["?"]),
        (cast.zhang_wei, f"/desk/t/{incident.number}/", ["Control+k"]),
        (cast.zhang_wei, f"/desk/t/{incident.number}/", ["a"]),
        (cast.zhang_wei, "/desk/", ["c"]),
    ):
        page = sign_in(person, path, reduced_motion="reduce")
        if not keys:
            page.evaluate(OPEN_MENUS)
        for key in keys:
            page.keyboard.press(key)
            expect(page.get_by_role("dialog")).to_be_visible()
        if lines := severe(page):
            findings[path, *keys] = lines
    assert findings == {}
