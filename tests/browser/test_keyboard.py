"""Keyboard alone is enough, and it stays silent while somebody types or an input method composes."""

import re
import time

import pytest
from playwright.sync_api import expect

from incidents import services as incidents
from tickets import services as tickets
from tickets.models import CannedReply, Comment, Draft, KeyChoice, Macro, Ticket, TicketTemplate

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
    page.wait_for_load_state()  # the keys of the new page
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


class Counted:
    """A keyboard whose every press counts; a chord is one, typing is one a character."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)


def test_ten_tickets_are_triaged_by_keyboard_within_the_budget(cast, sign_in):
    """Four with a macro (4 keys each), three taken (3 each), three answered with a canned reply and resolved (8)."""
    network = [{"do": "tag", "add": ["vpn"]}, {"do": "edit", "changes": {"service": cast.email.pk}},
               {"do": "take", "name": "assign", "values": {"team": cast.network.pk}}]  # fmt: skip
    tickets.keep(Macro(), actor=cast.zhang_wei, name_en="Network: VPN", acts=network)
    tickets.keep(CannedReply(), actor=cast.zhang_wei, name_en="Restart", shortcut="r", body_en="Please restart.",
                 body_zh="请重启。")  # fmt: skip
    made = [incidents.report_incident(actor=cast.li_na, title=f"fault {n}", service=cast.erp) for n in range(10)]
    page = sign_in(cast.zhang_wei, "/desk/?view=open&sort=newest")
    keyboard, stepper = Counted(page), page.locator("#preview .stepper [aria-current]")
    chosen = page.locator("[data-row].is-chosen")

    def shown(ticket):
        expect(chosen).to_have_attribute("data-number", ticket.number)
        expect(page.locator("#preview #ticket")).to_have_attribute("data-number", ticket.number)

    newest_first = list(reversed(made))
    shown(newest_first[0])
    for n, ticket in enumerate(newest_first):
        before = keyboard.keys
        if n:
            keyboard.press("j")
        shown(ticket)
        if n < 4:
            keyboard.press("m")
            expect(page.locator("dialog[open] select[name=macro]")).to_be_focused()
            keyboard.press("Enter")
            expect(page.locator("dialog[open]")).to_have_count(0)
            expect(page.locator("#preview .tag-list")).to_contain_text("#vpn")
            assert keyboard.keys - before <= 4
        elif n < 7:
            keyboard.press("i")
            expect(stepper).to_have_text("Assigned")
            assert keyboard.keys - before <= 3
        else:
            keyboard.press("r")
            keyboard.type("::r")
            expect(page.locator("#reply-list [data-text]")).to_have_count(1)
            keyboard.press("Enter")
            expect(page.locator("#composer-body")).to_have_value("Please restart.")
            keyboard.press("Control+Shift+Enter")
            expect(page.locator(f"[data-number='{ticket.number}']").first).to_contain_text("Resolved")
            assert keyboard.keys - before <= 8
            if n < 9:
                # Send, resolve, next: the next ticket is there without a key.
                shown(newest_first[n + 1])
                keyboard.press("k")
    assert keyboard.keys <= 4 * 4 + 3 * 3 + 3 * 8
    states = {ticket.pk: ticket for ticket in Ticket.objects.all()}
    assert [states[t.pk].team_id == cast.network.pk for t in newest_first[:4]] == [True] * 4
    assert [states[t.pk].assignee_id == cast.zhang_wei.pk for t in newest_first[4:7]] == [True] * 3
    assert [states[t.pk].state for t in newest_first[7:]] == ["resolved"] * 3


def test_password_reset_by_phone_takes_less_than_twenty_seconds(cast, sign_in):
    tickets.keep(
        TicketTemplate(), actor=cast.zhang_wei, name_en="Password reset", title="Password reset", service=cast.email,
        solution="Your password for {service} was reset.",
    )  # fmt: skip
    page = sign_in(cast.zhang_wei, "/desk/")
    expect(page.locator("[data-opens-palette]")).to_be_visible()
    started = time.monotonic()
    page.keyboard.press("c")
    page.locator("dialog [name=caller]").wait_for()
    page.keyboard.type("X1001")
    expect(page.locator("[data-people-list] [data-pick]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".caller-card")).to_contain_text("Li Na")
    expect(page.locator("dialog [name=template]")).to_be_focused()
    page.keyboard.press("P")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [name=title]")).to_have_value("Password reset")
    expect(page.locator("dialog [name=caller]")).to_have_value("li.na")
    page.keyboard.press("Control+Shift+Enter")
    expect(page).to_have_url(re.compile(r"/desk/t/INC"))
    assert time.monotonic() - started < 20
    ticket = cast.li_na.raised_tickets.get()
    assert (ticket.state, ticket.incident.resolution_notes) == ("resolved", "Your password for E-mail was reset.")


def test_own_keys_replace_the_usual_ones_and_undo_is_one_key(cast, incident, sign_in):
    KeyChoice.objects.create(person=cast.zhang_wei, own={"i": "t"})
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    stepper = page.locator(".stepper [aria-current]")
    page.keyboard.press("i")
    page.keyboard.press("t")
    expect(stepper).to_have_text("Assigned")
    page.keyboard.press("u")
    expect(page.locator("#toasts")).to_contain_text(f"Undone on {incident.number}.")
    expect(stepper).to_have_text("New")


def test_draft_is_there_in_another_browser_and_gone_once_sent(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    page.locator("#composer-body").fill("half an answer")
    with page.expect_response(re.compile("/desk/drafts/answer/")):
        pass
    other = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    expect(other.locator("#composer-body")).to_have_value("half an answer")
    other.locator("#composer-body").press("Control+Enter")
    expect(other.locator("#timeline")).to_contain_text("half an answer")
    assert not Draft.objects.exists()
