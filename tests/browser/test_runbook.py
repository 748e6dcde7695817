"""A runbook gone through inside a ticket: offered with its reason, begun, ticked off, told in the timeline."""

import re

from playwright.sync_api import expect

from incidents import services as incidents
from knowledge.models import Article
from tests import articles
from tickets import services as tickets
from tickets.models import ChecklistItem


def test_a_runbook_is_gone_through_on_a_ticket(cast, sign_in):
    version = articles.published(
        cast,
        title="Switch to the spare line",
        body="- [ ] Log in\n- [ ] Switch",
        audience=articles.staff(),
        language="en",
    )
    Article.objects.filter(pk=version.article_id).update(kind="runbook")
    opened = incidents.report_incident(actor=cast.li_na, title="The line is down", service=cast.email)
    tickets.take_transition(opened, "claim", actor=cast.zhang_wei, values={"team": cast.desk})

    page = sign_in(cast.zhang_wei, f"/desk/t/{opened.number}/")
    beside = page.locator("#ticket-articles")
    expect(beside.get_by_text("same service", exact=True)).to_be_visible()
    beside.get_by_role("button", name=re.compile("Start.*Switch to the spare line")).click()
    steps = page.locator(".step-list")
    expect(steps.get_by_role("link", name="Switch to the spare line")).to_be_visible()
    steps.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("1/2")).to_be_visible()
    expect(page.get_by_text("started the runbook “Switch to the spare line”")).to_be_visible()
    expect(page.get_by_text("ticked off: Log in")).to_be_visible()
    assert ChecklistItem.objects.get(text="Log in").done_by == cast.zhang_wei
