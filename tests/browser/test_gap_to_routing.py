"""A skill gap closed by a course that changes who receives the next ticket: each step a button of the page before."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from accounts import services as people
from accounts.models import PersonSkill, Team
from core import clock
from tests.cast import person
from tests.routing import busy, given_to
from tickets.services import skills
from training.models import Session


def test_a_gap_is_closed_by_a_course_and_the_next_ticket_goes_to_who_took_it(cast, sign_in, deliver):
    second = person("sun.li", "孙丽", cast.xinghe, "expert", teams=[cast.network], manager=cast.wang_fang)
    Team.objects.filter(pk=cast.network.pk).update(assignment="skill")
    mail = people.save_skill(None, actor=cast.wang_fang, slug="mail", name_en="Mail systems", name_zh="邮件系统")
    skills.require_skill(mail, actor=cast.wang_fang, level=2, service=cast.email)
    assert given_to(cast, deliver).assignee == cast.chen_hao

    lead = sign_in(cast.wang_fang, reverse("training:gaps"))
    lead.get_by_role("link", name="Plan a course").click()
    expect(lead.locator("main")).to_contain_text("No course leads that far yet")
    lead.get_by_role("link", name="Write one down").click()
    expect(lead.locator("#id_skill")).to_have_value(str(mail.pk))
    lead.get_by_label("English name").fill("Mail for operators")
    lead.get_by_label("Cost per person (CNY)").fill("800")
    lead.get_by_label("Valid for months").fill("24")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("heading", name="Mail for operators")).to_be_visible()

    lead.goto(reverse("training:gaps"))
    lead.get_by_role("link", name="Plan a course").click()
    expect(lead.get_by_label("Reason")).to_have_value("Gap: Mail systems 2, asked for by E-mail")
    lead.get_by_label("Person").select_option(str(second.pk))
    lead.get_by_role("button", name="Save").click()
    expect(lead.locator("main")).to_contain_text("cannot be approved like this")
    lead.get_by_role("link", name="Edit").click()
    lead.get_by_label("Budget (CNY)").fill("5000")
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("button", name="Approve the plan").click()
    lead.get_by_role("link", name="Choose a session").click()

    lead.get_by_role("link", name="New session").click()
    at = clock.now() + timedelta(days=3)
    lead.get_by_label("Starts").fill(f"{at:%Y-%m-%d}T09:00")
    lead.get_by_label("Ends").fill(f"{at:%Y-%m-%d}T17:00")
    lead.get_by_label("Place or link").fill("Room 3")
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("button", name="Enrol the one it is planned for").click()
    expect(lead.locator("main")).to_contain_text("Booked")

    # Time goes by: the session lies behind.
    past = clock.now() - timedelta(days=1)
    Session.objects.update(starts_at=past, ends_at=past + timedelta(hours=8))
    lead.reload()
    lead.get_by_role("link", name="Record attendance").click()
    expect(lead.get_by_label("Sun Li")).to_be_checked()
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("link", name="Assess").click()
    lead.get_by_label("Passed: the skill is raised").check()
    lead.locator("#id_result").fill("92 of 100")
    lead.locator("#id_evidence").fill("Lab protocol 7")
    lead.get_by_role("button", name="Save").click()
    expect(lead.locator("main")).to_contain_text("Passed")

    assert PersonSkill.objects.get(user=second).level == 2
    busy(cast, second)
    ticket = given_to(cast, deliver)
    assert ticket.assignee == second
    lead.goto(reverse("desk:ticket", args=[ticket.number]))
    expect(lead.locator("main")).to_contain_text("by skill: Mail systems 2 (needs 2)")
    lead.goto(reverse("training:gaps"))
    expect(lead.locator('[data-figure="gaps"]')).to_contain_text("0")

    own = sign_in(second, reverse("training:me"), viewport={"width": 390, "height": 844})
    expect(own.locator("main")).to_contain_text("92 of 100")
    expect(own.locator("main")).to_contain_text("Lab protocol 7")
