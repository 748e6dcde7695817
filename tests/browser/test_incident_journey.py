"""An incident from triage to a rating, each step by the person whose step it is."""

import re

import pytest
from playwright.sync_api import expect

from incidents.models import Incident
from notifications.models import Mail
from notifications.services.sending import message_of
from surveys.models import Survey
from tickets import services as tickets

RESOLVE = {"resolution_code": "fixed", "resolution_notes": "Restarted the licence server"}


def now(incident):
    return Incident.objects.get(pk=incident.pk)


@pytest.fixture
def escalated(cast, incident):
    """Taken by 张伟 and handed to the database team with a note."""
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    values = {"team": cast.database, "note": "Cleared the cache, **no change**"}
    return tickets.take_transition(incident, "escalate", actor=cast.zhang_wei, values=values)


def test_first_line_triages_and_escalates_by_keyboard(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, "/desk/")
    expect(page.locator("#preview #ticket-title")).to_have_text("ERP 登录失败")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/desk/t/{incident.number}/$"))

    page.keyboard.press("i")
    expect(page.locator(".stepper [aria-current]")).to_have_text("Assigned")
    page.keyboard.press("2")
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea, input[type=text]").first.fill("Month-end closing")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".ticket-line")).to_contain_text("P2")

    page.keyboard.press("e")
    dialog.get_by_label("Team").select_option(label="Database")
    dialog.get_by_label("Handover note").fill("Cleared the cache, no change. Finance cannot book.")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#ticket .handover")).to_contain_text("Finance cannot book.")
    found = now(incident)
    assert (found.team, found.priority, found.escalation_level) == (cast.database, 2, 1)
    assert found.priority_reason == "Month-end closing"


def test_second_line_accepts_replies_and_resolves(cast, escalated, sign_in):
    page = sign_in(cast.liu_yang, "/desk/?view=escalated")
    expect(page.locator(".q-handover")).to_contain_text("Cleared the cache")
    expect(page.locator("#preview .handover")).to_contain_text("Cleared the cache")
    page.keyboard.press("i")
    expect(page.locator("#ticket .handover")).to_be_hidden()

    page.keyboard.press("r")
    body = page.locator("#composer-body")
    expect(body).to_be_focused()
    page.keyboard.type("We are looking at the licence server.")
    page.keyboard.press("Enter")
    expect(body).to_have_value("We are looking at the licence server.\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline")).to_contain_text("We are looking at the licence server.")
    expect(body).to_have_value("")
    assert now(escalated).responded_at

    body.click()
    page.keyboard.type("The licence server was restarted.")
    page.get_by_label("How it was resolved").select_option("fixed")
    page.get_by_role("button", name="Send and resolve").click()
    expect(page.locator(".stepper [aria-current]")).to_have_text("Resolved")
    solved = now(escalated)
    assert (solved.state, solved.assignee, solved.resolution_code) == ("resolved", cast.liu_yang, "fixed")
    offer = page.locator("#toasts").get_by_role("button", name="Write it down")
    expect(offer).to_be_visible()
    offer.click()
    expect(page.get_by_role("textbox", name="Text")).to_have_value(re.compile("The licence server was restarted."))


def test_internal_note_is_unmistakable_and_stays_inside(cast, incident, sign_in):
    page = sign_in(cast.zhang_wei, f"/desk/t/{incident.number}/")
    page.keyboard.press("n")
    expect(page.get_by_role("radio", name="Internal note")).to_be_checked()
    expect(page.get_by_role("button", name="Keep as note")).to_be_visible()
    expect(page.get_by_role("button", name="Send reply")).to_be_hidden()
    page.keyboard.type("Caller sounds angry")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline .is-internal")).to_contain_text("Caller sounds angry")
    hers = sign_in(cast.li_na, f"/tickets/{incident.number}/")
    expect(hers.get_by_role("heading", level=1)).to_have_text("ERP 登录失败")
    expect(hers.get_by_text("Caller sounds angry")).to_have_count(0)


def test_requester_reopens_then_confirms(cast, incident, sign_in):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    page = sign_in(cast.li_na)
    page.get_by_role("link", name="ERP 登录失败").click()
    expect(page.locator(".status-line")).to_contain_text("Restarted the licence server")
    page.get_by_role("link", name="No, not yet").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("It spins again")
    dialog.get_by_role("button", name="Reopen").click()
    expect(page.locator(".status-line")).to_contain_text("Being worked on")
    again = now(incident)
    assert (again.state, again.reopen_count) == ("in_progress", 1)

    tickets.take_transition(again, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    page.reload()
    page.get_by_role("button", name="Yes, it is solved").click()
    expect(page.locator(".status-line")).to_contain_text("Closed")
    assert now(incident).state == "closed"


def test_rating_needs_one_click_in_the_mail_and_no_login(cast, incident, deliver, visit, quiet_server):
    tickets.take_transition(incident, "resolve", actor=cast.zhang_wei, values=RESOLVE)
    deliver()
    letter = message_of(Mail.objects.get(kind="resolved", user=cast.li_na)).body
    path = re.search(rf"{quiet_server.url}(/survey/\S+/4/)", letter).group(1)
    page = visit(path)
    expect(page.get_by_role("status").filter(has_text="your rating is recorded")).to_be_visible()
    assert Survey.objects.get().score == 4
    page.get_by_label("Would you like to say more?").fill("Quick, thank you")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert Survey.objects.get().comment == "Quick, thank you"
