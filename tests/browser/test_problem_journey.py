"""From an incident to a problem, a known error, its fix and the day on which nothing came back, in the browser."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import expect

from changes.models import Change
from core import clock
from incidents import services as incidents
from problems import services
from problems.models import Problem
from tests.landscape import landscape
from tests.problems import closed
from tickets import services as tickets


def test_a_problem_from_the_incident_to_a_fix_that_held(cast, sign_in, deliver):
    land = landscape(cast)
    about = {"service": cast.erp, "affected_items": [land["app"]]}
    incident = incidents.report_incident(actor=cast.li_na, title="ERP is slow every morning", **about)
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values={"pending_reason": "problem"})

    page = sign_in(cast.zhang_wei, reverse("desk:ticket", args=[incident.number]))
    page.locator("#ticket-problem").get_by_role("link", name="New problem").click()
    expect(page.get_by_label("What goes wrong?")).to_have_value("ERP is slow every morning")
    page.get_by_role("button", name="Save").click()
    for step in ("Assess it", "Look for the cause"):
        page.get_by_role("link", name=step).click()
        page.get_by_role("button", name=step).click()
    expect(page.locator("main")).to_contain_text("Still missing for a known error")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Root cause").fill("The pool of connections is too small")
    page.get_by_label("Why no method was used").fill("Monitoring names the pool")
    page.get_by_label("Workaround", exact=True).fill("Sign in after nine")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Make it a known error").click()
    page.get_by_role("button", name="Make it a known error").click()
    page.get_by_role("button", name="Publish the workaround").click()
    expect(page.locator("#workaround")).to_contain_text("Published")
    deliver()
    incident.refresh_from_db()
    assert incident.state == "in_progress" and "Sign in after nine" in incident.comments.get().body

    other = incidents.report_incident(actor=cast.zhao_min, title="ERP hangs", **about)
    beside = sign_in(cast.zhang_wei, reverse("desk:ticket", args=[other.number]))
    beside.get_by_role("button", name="Link it and send the workaround").click()
    expect(beside.locator("main")).to_contain_text("Sign in after nine")

    page.reload()
    expect(page.locator("#incidents")).to_contain_text(other.number)
    page.locator("#changes").get_by_role("link", name="New change").click()
    page.get_by_role("button", name="Save").click()
    change = Change.objects.get()
    problem = Problem.objects.get()
    address = reverse("problems:problem", args=[problem.number])
    page.goto(address)
    page.get_by_role("link", name="Begin the fix").click()
    page.get_by_role("button", name="Begin the fix").click()
    assert urlsplit(page.url).path == address
    closed(cast, change)
    page.reload()
    expect(page.locator("[aria-current=step]").first).to_contain_text("Being observed")
    expect(page.locator("#fixes")).to_contain_text("Being observed")
    with clock.travel(clock.now() + timedelta(days=31)):
        assert services.close_observed() == 1
    page.reload()
    expect(page.locator("[aria-current=step]").first).to_contain_text("Closed")
    expect(page.locator("#fixes")).to_contain_text("Effective")
