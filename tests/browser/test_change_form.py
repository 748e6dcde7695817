"""The form of a change in a browser: items are found while typing, and what was ticked stays when one searches on."""

from django.urls import reverse
from playwright.sync_api import expect

from changes.models import Change
from tests.landscape import landscape


def test_items_are_found_while_typing_ticked_and_kept(sign_in, cast):
    land = landscape(cast)
    page = sign_in(cast.chen_hao, reverse("changes:new"))
    page.get_by_label("What is changed?").fill("Patch two of them")
    search = page.get_by_label("Affected items", exact=True)
    search.press_sequentially("host")
    page.get_by_label("Host-2").check()
    search.fill("")
    search.press_sequentially("core")
    page.get_by_label("Core").check()
    expect(page.get_by_label("Host-2")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Patch two of them")).to_be_visible()
    assert Change.objects.get().item_ids() == sorted([land["host-2"].pk, land["core"].pk])
