"""Without JavaScript everything needed still works: forms are forms."""

import pytest
from playwright.sync_api import expect

from tickets.models import Comment, Ticket


@pytest.fixture
def plain(sign_in):
    def open_page(person, path="/"):
        return sign_in(person, path, java_script_enabled=False)

    return open_page


def test_employee_reports_and_replies(cast, plain):
    page = plain(cast.li_na)
    page.get_by_label("Say what you need").fill("Mail does not arrive")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mail does not arrive")
    page.get_by_label("Your reply").fill("Since 9 o'clock")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".timeline")).to_contain_text("Since 9 o'clock")
    assert Ticket.objects.get().comments.get().author == cast.li_na


def test_agent_takes_answers_and_sees_what_changed_meanwhile(cast, incident, plain, watch):
    watch.allow("409")
    page = plain(cast.zhang_wei, "/desk/?view=open")
    page.get_by_role("link", name="ERP 登录失败").click()
    page.get_by_role("button", name="Take it").click()
    expect(page.locator(".stepper [aria-current]")).to_have_text("Assigned")
    page.locator("#composer-body").fill("On it")
    Ticket.objects.update(version=99)
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("heading", name="Changed meanwhile")).to_be_visible()
    expect(page.get_by_label("What you typed")).to_have_value("On it")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("#timeline")).to_contain_text("On it")
    assert Comment.objects.count() == 1
