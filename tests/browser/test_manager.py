"""The manager's first page: a number opens exactly the list it counts."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from incidents import services as incidents
from notifications.models import Mail
from notifications.services.sending import message_of
from sla import services as sla
from tickets import services as tickets

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the licence server"}


def test_every_number_opens_the_list_it_counts(cast, incident, sign_in):
    sla.install_defaults()
    incidents.report_incident(actor=cast.zhao_min, title="VPN 断线", service=cast.email)
    solved = incidents.report_incident(actor=cast.li_na, title="Blank pages", service=cast.erp)
    tickets.take_transition(solved, "resolve", actor=cast.zhang_wei, values=RESOLVE)

    page = sign_in(cast.wang_fang, "/desk/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboard").click()
    expect(page.locator("[data-figure=open] .figure-value")).to_have_text("2")
    numbers = {
        link.get_attribute("href"): link.get_attribute("data-count")
        for link in page.locator("main a[data-count]").all()
    }
    assert len(numbers) > 10
    for address, count in numbers.items():
        page.goto(address)
        expect(page.locator("[data-list-count]")).to_have_attribute("data-list-count", count)
        expect(page.locator("main tbody tr")).to_have_count(int(count))


def test_charts_are_drawn_and_show_their_table_on_demand(cast, incident, sign_in):
    page = sign_in(cast.wang_fang, reverse("insights:overview"))
    canvas = page.locator("[data-chart]").first
    canvas.scroll_into_view_if_needed()
    expect(canvas.locator("svg, canvas").first).to_be_visible()
    page.locator("[data-toggle-table]").first.click()
    expect(page.locator(".chart-table table").first).to_be_visible()


def test_rating_arrives_on_the_dashboard(cast, incident, deliver, visit, sign_in):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    deliver()
    letter = message_of(Mail.objects.get(kind="resolved", user=cast.li_na)).body
    visit(re.search(r"https?://[^/\s]+(/survey/\S+/5/)", letter).group(1))
    page = sign_in(cast.wang_fang, reverse("insights:overview"))
    expect(page.locator("[data-figure=satisfied] .figure-value")).to_contain_text("100")
