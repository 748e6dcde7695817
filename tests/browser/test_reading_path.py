"""A newcomer's path in the browser: assigned, read, the quiz failed and passed, the certificate; and a skill for it."""

from playwright.sync_api import expect

from accounts import services as people
from accounts.models import PersonSkill, Skill
from knowledge import services as knowledge
from knowledge.models import Certificate
from tests import paths

PHONE = {"viewport": {"width": 390, "height": 780}}


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_newcomer_finishes_the_path_of_the_team(cast, deliver, sign_in):
    skill = Skill.objects.create(slug="first-line", name_zh="一线受理", name_en="First-line work")
    path = knowledge.keep_path(paths.begun(cast), actor=cast.wang_fang, team=cast.desk, skill=skill, valid_months=12)
    people.add_to_team(cast.desk, cast.liu_yang, actor=cast.admin)
    deliver()

    page = sign_in(cast.liu_yang, "/articles/paths/", **PHONE)
    fits(page)
    page.get_by_role("link", name="First-line newcomers").click()
    expect(page.get_by_text("0 of 2 steps")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="1. VPN").click()
    fits(page)
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("1 of 2 steps")).to_be_visible()

    page.get_by_role("link", name="2. Resetting passwords").click()
    assert "Calls by impostors" not in page.content()
    assert "is_right" not in page.content()
    page.get_by_role("button", name="Send the answers").click()
    page.get_by_label("Tell the password").check()
    page.get_by_role("button", name="Send the answers").click()
    expect(page.get_by_text("The last time 0 of 1 answers were right.")).to_be_visible()
    expect(page.get_by_text("2 tries left.")).to_be_visible()
    assert "Calls by impostors" not in page.content()
    fits(page)
    page.get_by_label("Verify who it is first").check()
    page.get_by_role("button", name="Send the answers").click()

    certificate = Certificate.objects.get()
    expect(page.get_by_text(f"certificate {certificate.number}")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Show the certificate").click()
    expect(page.get_by_text("Genuine and valid today")).to_be_visible()
    fits(page)
    assert PersonSkill.objects.get(user=cast.liu_yang).skill == skill

    lead = sign_in(cast.zhang_wei, f"/articles/desk/paths/{path.pk}/")
    expect(lead.get_by_role("link", name=certificate.number)).to_be_visible()
