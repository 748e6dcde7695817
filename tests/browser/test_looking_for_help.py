"""A search for help counts once the page stands still, and only the words that were typed to the end."""

import re

from playwright.sync_api import expect

from accounts.models import User
from knowledge.models import DailyViews, HelpSession
from tests import articles


def test_the_page_tells_what_it_showed_once_it_stands_still(cast, sign_in):
    User.objects.update(language="en")
    version = articles.published(cast)
    page = sign_in(cast.li_na, "/articles/")
    with page.expect_response("**/articles/looked/") as told:
        page.get_by_label("Search the help articles").press_sequentially("quantum VPNX", delay=20)
    assert told.value.status == 204
    expect(page.get_by_role("button", name="Report an issue")).to_be_visible()
    assert list(HelpSession.objects.values_list("words", "found_nothing")) == [("quantum VPNX", True)]
    with page.expect_response("**/articles/looked/"):
        page.get_by_label("Search the help articles").fill("VPN")
    # typed aright, the same matter is found: nothing was missing
    assert not HelpSession.objects.exists() and DailyViews.objects.get(article=version.article).shown == 1
    page.goto("/articles/?q=quantum")
    page.get_by_role("button", name="Report an issue").click()
    expect(page).to_have_url(re.compile(r"/report/\?text=quantum$"))
