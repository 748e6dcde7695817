"""An employee reports a fault: three clicks and one typed field, with a screenshot, from the home page."""

import re

from playwright.sync_api import expect

from tickets.models import Attachment, Ticket

# Counts what the person's hand did: trusted clicks, and fields that received typed characters.
COUNT = """
const bump = (key, value) => {
  const seen = new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  seen.add(value);
  sessionStorage.setItem(key, JSON.stringify([...seen]));
};
addEventListener("click", (event) => {
  if (event.isTrusted && event.detail) bump("clicks", event.timeStamp + location.href);
}, true);
addEventListener("input", ({ isTrusted, target }) => {
  if (isTrusted && target.type !== "file") bump("fields", location.pathname + target.name);
}, true);
"""
PASTE = """(form) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0))], "image.png", { type: "image/png" }));
  form.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def counted(page, what):
    return len(page.evaluate(f"JSON.parse(sessionStorage.getItem('{what}') || '[]')"))


def test_fault_is_reported_with_three_clicks_and_one_typed_field(cast, visit):
    page = visit("/account/login/")
    page.locator("[name=username]").fill("li.na")
    page.locator("[name=password]").fill("a-long-password")
    page.locator("form:has([name=password]) button").click()
    expect(page).to_have_url(re.compile(r"/$"))
    page.context.add_init_script(COUNT)
    page.reload()

    ask = page.get_by_label("Say what you need")
    ask.click()
    page.keyboard.type("ERP 登录后一直转圈")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What is the matter?")).to_have_value("ERP 登录后一直转圈")
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("ERP 登录后一直转圈")
    expect(page).to_have_url(re.compile(r"/tickets/INC\d+/$"))
    expect(page.locator("#toasts")).to_contain_text("Your ticket is INC")
    assert (counted(page, "clicks"), counted(page, "fields")) == (3, 1)
    ticket = Ticket.objects.get()
    assert ticket.requester == cast.li_na
    assert ticket.contact == cast.li_na.phone, "the contact was prefilled"


def test_screenshot_is_pasted_and_a_file_is_chosen(cast, sign_in, tmp_path):
    log = tmp_path / "client.log"
    log.write_text("timeout after 30 s\n")
    page = sign_in(cast.li_na, "/report/")
    page.get_by_label("What is the matter?").fill("Printer shows E-101\nSince this morning")
    page.locator("form.report-form").evaluate(PASTE % DOT)
    page.locator("#files").set_input_files(log)
    files = page.locator("[data-file-list] li")
    expect(files).to_have_count(2)
    expect(files.first).to_contain_text("screenshot-")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Printer shows E-101")
    plain, picture = Attachment.objects.order_by("is_image")
    assert (plain.name, plain.is_image) == ("client.log", False)
    assert (picture.name[:11], picture.is_image) == ("screenshot-", True)
    expect(page.get_by_role("link", name="client.log")).to_be_visible()


def test_file_can_be_taken_back_before_sending(cast, sign_in, tmp_path):
    log = tmp_path / "wrong.txt"
    log.write_text("not this one")
    page = sign_in(cast.li_na, "/report/")
    page.get_by_label("What is the matter?").fill("Slow network")
    page.locator("#files").set_input_files(log)
    page.get_by_role("button", name="Remove wrong.txt").click()
    expect(page.locator("[data-file-list] li")).to_have_count(0)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slow network")
    assert not Attachment.objects.exists()


def test_empty_report_keeps_its_choices_and_says_what_is_missing(cast, sign_in, watch):
    watch.allow("422")
    page = sign_in(cast.li_na, f"/report/?service={cast.erp.slug}")
    expect(page.get_by_role("radio", name="ERP")).to_be_checked()
    page.get_by_label("What is the matter?").fill("   ")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.get_by_role("radio", name="ERP")).to_be_checked()
    assert not Ticket.objects.exists()
