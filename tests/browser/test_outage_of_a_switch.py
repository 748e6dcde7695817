"""A switch fails: from the ticket over the item to the business services that fail with it, each step on screen."""

from django.urls import reverse
from playwright.sync_api import expect

from incidents import services as incidents
from tests.landscape import landscape

# The path as it is told: each fails through the one that it rests on.
PATH = [("ERP", "App"), ("App", "Cluster"), ("Host-1", "Core")]


def test_an_outage_of_a_switch_is_traced_to_the_services_that_fail(cast, sign_in):
    land = landscape(cast)
    ticket = incidents.report_incident(actor=cast.li_na, title="Nothing on our floor has a network")
    page = sign_in(cast.zhang_wei, reverse("desk:ticket", args=[ticket.number]))

    page.get_by_label("Find an affected item").press_sequentially("core")
    page.get_by_label("Core", exact=False).and_(page.get_by_role("checkbox")).check()
    page.locator("#affected").get_by_role("button", name="Add").click()
    impacted = page.locator(".side-box", has=page.get_by_role("heading", name="Impacted services"))
    expect(impacted).to_contain_text(land["erp"].name_en)

    page.locator("#affected").get_by_role("link", name="Core").click()
    expect(page.locator("main")).to_contain_text(ticket.number)
    page.get_by_role("link", name="Graph").last.click()
    expect(page.locator("[data-services]")).to_contain_text(land["erp"].name_en)
    expect(page.locator("#graph")).to_have_attribute("data-drawn", str(len(land)))

    tree, table = page.locator(".item-tree"), page.get_by_role("table")
    for name, before in PATH:
        row = table.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
        expect(row).to_contain_text("fails")
        expect(row.get_by_role("cell").nth(2)).to_have_text(before)
        expect(tree.get_by_role("link", name=name, exact=True)).to_be_visible()

    # Each host alone is borne by the other two of its cluster.
    tree.get_by_role("link", name="Host-1", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing fails with it.")
    page.get_by_role("link", name="Graph").first.click()
    expect(page.locator("[data-services]")).to_contain_text("No business service fails with it")
