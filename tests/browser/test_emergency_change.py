"""An emergency from the incident to the closed review, each step by whoever may take it, in the browser."""

from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import expect

from changes.models import Change
from incidents import services as incidents
from tests.changes import board
from tests.landscape import landscape
from tickets import services as tickets


def test_an_emergency_from_the_incident_to_its_review(cast, sign_in):
    land = landscape(cast)
    board(cast, cast.wang_fang, kind="emergency", quorum=1)
    incident = incidents.report_incident(
        actor=cast.li_na, title="ERP is down", service=cast.erp, affected_items=[land["app"]]
    )
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    tickets.take_transition(incident, "start", actor=cast.zhang_wei)
    tickets.take_transition(incident, "hold", actor=cast.zhang_wei, values={"pending_reason": "change"})

    agent = sign_in(cast.zhang_wei, reverse("desk:ticket", args=[incident.number]))
    agent.get_by_role("group", name="Next steps").get_by_text("More", exact=True).click()
    agent.get_by_role("link", name="Solve it by a change").click()
    expect(agent.get_by_label("What is changed?")).to_have_value("ERP is down")
    agent.get_by_label("What is changed?").fill("Restore the ERP application server")
    agent.get_by_label("Type").select_option("emergency")
    agent.get_by_label("Implementer").fill("liu.yang")
    agent.get_by_label("Implementation plan").fill("Restore last night's image")
    agent.get_by_label("Steps", exact=True).fill("Stop the server\nRestore the image")
    agent.get_by_label("Back-out plan").fill("Start the old image")
    agent.get_by_label("Hours of watching afterwards").fill("0")
    agent.get_by_role("button", name="Save").click()
    expect(agent.locator("main")).to_contain_text("Draft")
    agent.get_by_role("link", name="Ask for approval").click()
    agent.get_by_role("button", name="Ask for approval").click()
    expect(agent.locator("[aria-current=step]").first).to_contain_text("Awaiting approval")
    page = urlsplit(agent.url).path

    authority = sign_in(cast.wang_fang, reverse("portal:approvals"))
    authority.get_by_role("link", name="Restore the ERP application server").first.click()
    expect(authority.locator("main")).to_contain_text("Restore last night's image")
    authority.get_by_role("button", name="Approve").click()

    implementer = sign_in(cast.liu_yang, page)
    implementer.get_by_role("link", name="Start implementation").click()
    implementer.get_by_role("button", name="Start implementation").click()
    for step in ("Stop the server", "Restore the image"):
        implementer.get_by_role("button", name=f"Start: {step}").click()
        implementer.get_by_role("button", name=f"Done: {step}").click()
    expect(implementer.locator("[aria-current=step]").first).to_contain_text("In review")

    agent.goto(page)
    expect(agent.get_by_role("link", name="Close the review")).to_have_count(0)
    expect(agent.locator("main")).to_contain_text("Assessment due")
    agent.get_by_role("link", name="Assess the risk").click()
    for answer in agent.get_by_role("radiogroup").or_(agent.locator("fieldset")).all():
        answer.get_by_role("radio").first.check()
    agent.get_by_role("button", name="Assess the risk").click()
    agent.get_by_role("link", name="Close the review").click()
    agent.get_by_label("Outcome").select_option("successful")
    agent.get_by_label("Configuration records").select_option("untouched")
    agent.get_by_label("What the review found").fill("The disk had failed")
    agent.get_by_role("button", name="Close the review").click()
    expect(agent.locator("main")).to_contain_text("The disk had failed")

    change = Change.objects.get()
    incident.refresh_from_db()
    assert (change.state, change.outcome) == ("closed", "successful")
    assert incident.state == "in_progress", "what waited for the change goes on"
