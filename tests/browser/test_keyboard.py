"""Keyboard alone is enough, and it stays silent while somebody types or an input method composes."""

import re

import pytest
from playwright.sync_api import expect

from incidents import services as incidents
from tickets.models import Comment, Ticket

STEPS_AT_MOST = 60
PRESS = """(target, [key, options]) => target.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }))"""
IN_SIGHT = """(element) => {
  const box = element.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  return Boolean(at) && (element.contains(at) || at.contains(element));
}"""


def tab_to(page, wanted):
    """Tab until `wanted` has the focus; on the way the focus is never hidden behind something."""
    for _step in range(STEPS_AT_MOST):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and not focused.evaluate("(e) => e.matches('.visually-hidden, iframe')"):
            assert focused.evaluate(IN_SIGHT), f"hidden focus: {focused.evaluate('(e) => e.outerHTML.slice(0, 200)')}"
        if wanted.evaluate("(e) => e === document.activeElement"):
            return
    pytest.fail(f"Tab never reached {wanted}")


def test_employee_reports_and_replies_without_a_mouse(cast, visit):
    page = visit("/account/login/")
    tab_to(page, page.locator("[name=username]"))
    page.keyboard.type("li.na")
    page.keyboard.press("Tab")
    page.keyboard.type("a-long-password")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/$"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Say what you need"))
    page.keyboard.type("Printer on floor 3 is out of toner")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What is the matter?")).to_have_value("Printer on floor 3 is out of toner")
    tab_to(page, page.get_by_role("button", name="Submit"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Printer on floor 3 is out of toner")

    tab_to(page, page.locator("#reply textarea"))
    page.keyboard.type("Room 301")
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")
    expect(page.locator(".timeline")).to_contain_text("Room 301")


def test_agent_takes_the_most_urgent_ticket_with_two_keys(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, "/desk/")
    expect(page.locator("#preview #ticket")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("i")
    expect(page.locator("#preview .stepper [aria-current]")).to_have_text("Assigned")
    incident.refresh_from_db()
    assert incident.assignee == cast.zhang_wei


def test_rows_are_walked_ticked_and_opened(cast, incident, sign_in):
    second = incidents.report_incident(actor=cast.zhao_min, title="VPN 断线", service=cast.email)
    page = sign_in(cast.zhang_wei, "/desk/?view=open&sort=newest")
    chosen = page.locator("[data-row].is-chosen")
    expect(chosen).to_have_attribute("data-number", second.number)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(chosen).to_have_attribute("data-number", incident.number)
    expect(page.locator("#preview #ticket-title")).to_have_text("ERP 登录失败")
    page.keyboard.press("x")
    expect(page.locator("[data-ticked]")).to_have_text("1 ticked")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(second.number))
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(incident.number))


def test_palette_jumps_to_a_number_and_keys_are_listed(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, "/desk/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type(incident.number.lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/desk/t/{incident.number}/$"))


def test_composing_triggers_no_shortcut_and_sends_nothing(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    composing = {"isComposing": True}
    for key in ("i", "e", "c", "?", "r"):
        page.locator("body").evaluate(PRESS, [key, composing])
    expect(page.get_by_role("dialog")).to_have_count(0)
    body = page.locator("#composer-body")
    body.fill("你好")
    body.evaluate(PRESS, ["Enter", composing | {"ctrlKey": True}])
    body.evaluate(PRESS, ["Process", {"keyCode": 229}])
    page.keyboard.type(" i e c 1")
    expect(body).to_have_value("你好 i e c 1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline")).to_contain_text("你好 i e c 1")
    assert Comment.objects.count() == 1
    assert Ticket.objects.get().state == "new"


def test_people_are_searched_after_composing_never_during(cast, sign_in):
    page = sign_in(cast.zhang_wei, "/desk/new/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/desk/people/" in request.url else None)
    page.locator("[name=caller]").click()
    method = page.context.new_cdp_session(page)
    for text in ("l", "li", "li'n", "li'na"):
        method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.evaluate("new Promise((done) => setTimeout(done, 600))")  # longer than the search waits for more typing
    assert asked == []
    method.send("Input.insertText", {"text": "李娜"})
    expect(page.locator("[data-people-list]").get_by_text("Li Na")).to_be_visible()
    assert len(asked) == 1
