"""Language and appearance change at once and stay; an ended session keeps what was typed."""

import re

import pytest
from playwright.sync_api import expect

from accounts.sessions import SessionStore
from tickets.models import Comment


@pytest.mark.parametrize("path", ["/", "/desk/"])
def test_language_is_switched_from_the_menu_and_back(cast, sign_in, path):
    page = sign_in(cast.zhang_wei, path)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "en")
    page.locator(".top-end summary").last.click()
    page.get_by_role("button", name="简体中文").click()
    expect(html).to_have_attribute("lang", "zh-hans")
    expect(page.locator("body")).to_contain_text("服务台")
    page.locator(".top-end summary").last.click()
    page.get_by_role("button", name="English").click()
    expect(html).to_have_attribute("lang", "en")
    cast.zhang_wei.refresh_from_db()
    assert cast.zhang_wei.language == "en"


def test_dark_appearance_is_applied_at_once_and_kept(cast, sign_in):
    page = sign_in(cast.li_na)
    html = page.locator("html")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator(".top-end summary").last.click()
    with page.expect_response(lambda response: "/appearance/" in response.url):
        page.get_by_role("button", name="Dark").click()
    expect(html).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(html).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate(background) != light
    cast.li_na.refresh_from_db()
    assert cast.li_na.theme == "dark"


def test_visitor_follows_the_system_and_the_browsers_language(cast, visit):
    page = visit("/account/login/", color_scheme="dark", locale="zh-CN")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


@pytest.mark.parametrize(
    ("who", "path", "field", "button"),
    [
        ("li_na", "/tickets/{number}/", "#reply textarea", "Send"),
        ("zhang_wei", "/desk/t/{number}/", "#composer-body", "Send reply"),
    ],
)
def test_ended_session_keeps_the_draft(cast, incident, sign_in, watch, who, path, field, button):
    watch.allow("401")
    page = sign_in(getattr(cast, who), path.format(number=incident.number))
    page.locator(field).fill("A long answer that nobody wants to type twice")
    SessionStore.get_model_class().objects.all().delete()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert")).to_contain_text("Your session has ended")
    page.get_by_role("link", name="Sign in").click()
    page.locator("[name=username]").fill(getattr(cast, who).username)
    page.locator("[name=password]").fill("a-long-password")
    page.locator("form:has([name=password]) button").click()
    expect(page).to_have_url(re.compile(incident.number))
    expect(page.locator(field)).to_have_value("A long answer that nobody wants to type twice")
    expect(page.get_by_text("Your draft was restored.")).to_be_visible()
    page.get_by_role("button", name=button).click()
    expect(page.locator(".timeline")).to_contain_text("nobody wants to type twice")
    assert Comment.objects.count() == 1
