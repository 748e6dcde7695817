"""People on screen: a GB18030 directory, coverage and matrix on a phone, leaving with everything handed over."""

import os
from datetime import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from accounts import services
from accounts.models import User
from cmdb import services as cmdb
from core import clock
from incidents import services as incidents
from tickets import services as tickets

PHONE = {"width": 390, "height": 844}
FILE = "工号,姓名,部门,直属上级,职位\nX1001,李娜,财务部,X2001,成本会计\nX2001,周敏,总部/财务中心,,财务总监\n,无名,,,\n"


def fine(page, name):
    """Nothing sticks out to the side, and no serious fault of access. Kept as a picture where somebody asks for it."""
    if shots := os.environ.get("ITSM_SHOTS"):
        page.screenshot(path=str(Path(shots) / f"{name}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")] == []


def test_a_directory_in_gb18030_goes_from_the_file_to_the_people(sign_in, cast):
    page = sign_in(cast.admin, reverse("accounts:directories"))
    content = {"name": "花名册.csv", "mimeType": "text/csv", "buffer": FILE.encode("gb18030")}
    page.get_by_label("File").set_input_files(content)
    page.get_by_label("Organisation").select_option(label="Xinghe Manufacturing")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("直属上级")).to_have_value("manager")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("row", name="李娜")).to_contain_text("成本会计")
    expect(page.get_by_role("row", name="无名")).to_contain_text("needs a staff number")
    fine(page, "directory")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Applied").first).to_be_visible()
    assert User.objects.get(staff_number="X1001").manager.name == "周敏"


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 900}], ids=["phone", "desktop"])
def test_coverage_and_matrix_are_read_on_any_screen(sign_in, cast, viewport):
    services.save_shift(
        None, actor=None, team=cast.desk, label="Early", weekdays=[0, 1, 2, 3, 4, 5, 6], starts_at=time(9),
        ends_at=time(17), valid_from=clock.now().date(), people=[cast.zhang_wei],
    )  # fmt: skip
    services.update_team(cast.desk, actor=None, around_the_clock=True)
    cmdb.assign_responsibility(cast.erp, actor=None, activity="incident", letter="A", team=cast.database)
    page = sign_in(cast.wang_fang, reverse("accounts:team_coverage", args=[cast.desk.pk]))
    page.set_viewport_size(viewport)
    expect(page.get_by_text("Nobody is there:")).to_be_visible()
    fine(page, f"coverage-{viewport['width']}")
    page.goto(page.url + "?view=month")
    fine(page, f"month-{viewport['width']}")
    page.goto(page.url.partition("/account")[0] + reverse("cmdb:matrix", args=[cast.erp.pk]))
    fine(page, f"matrix-{viewport['width']}")
    page.goto(page.url.partition("/cmdb")[0] + reverse("cmdb:responsibilities"))
    fine(page, f"responsibilities-{viewport['width']}")


def test_somebody_leaves_and_nothing_is_left_without_an_owner(sign_in, cast, watch):
    watch.allow("422")
    ticket = incidents.report_incident(actor=cast.li_na, title="ERP", service=cast.erp)
    tickets.take_transition(ticket, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    cmdb.edit_item(cast.erp, actor=cast.admin, owner=cast.zhang_wei)
    page = sign_in(cast.admin, reverse("accounts:person", args=[cast.zhang_wei.pk]))
    page.get_by_role("link", name="Hand over and deactivate").click()
    items = page.get_by_role("region", name="Services and items they own").get_by_label("Who takes it over")
    expect(items).to_have_value("wang.fang")
    fine(page, "leaving")
    items.fill("nobody.here")
    page.get_by_role("button", name="Hand over and deactivate").click()
    expect(items).to_have_value("nobody.here")
    items.fill("chen.hao")
    page.get_by_role("button", name="Hand over and deactivate").click()
    expect(page.get_by_text("Deactivated").first).to_be_visible()
    cast.erp.refresh_from_db(), ticket.refresh_from_db()
    assert cast.erp.owner == cast.chen_hao and ticket.assignee == cast.wang_fang
