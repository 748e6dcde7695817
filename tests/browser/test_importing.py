"""An import on screen, from the file to its undoing: Chinese CSV, XLSX, files with bad lines."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from openpyxl import Workbook
from playwright.sync_api import expect

from cmdb.models import ConfigurationItem, ImportRun
from tests.imports import checked, imported, source

HEADS = ["主机名", "名称", "序列号", "IP", "内存"]
GOOD = [["srv-1", "一号服务器", "S-1", "10.0.0.1", "64"], ["srv-2", "二号服务器", "S-2", "10.0.0.2", "128"]]
BAD = ["srv-3", "三号服务器", "S-3", "10.0.0.300", "64"]
PHONE = {"width": 390, "height": 844}


def as_csv(rows, encoding="gb18030"):
    return "".join(",".join(row) + "\n" for row in [HEADS, *rows]).encode(encoding)


def as_xlsx(rows):
    book, out = Workbook(), io.BytesIO()
    for row in [HEADS, *rows]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def bring(page, name, content):
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def fine(page):
    """Nothing sticks out to the side, and no serious fault of access."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")] == []


def test_a_workbook_that_changes_items_shows_what_it_changes(sign_in, cast, watch):
    watch.allow("422")
    imported(cast, source(cast), [{"host": "srv-1", "name": "One", "sn": "S-1", "ip": "10.9.9.9", "gb": "32"}])
    page = sign_in(cast.chen_hao, reverse("cmdb:new-import"))
    bring(page, "assets.xlsx", as_xlsx([*GOOD, BAD]))
    page.get_by_label("Source", exact=True).select_option(label="Sheet")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("IP").select_option("value_serial_number")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("Two columns mean the same: Serial number.").first).to_be_visible()
    expect(page.get_by_label("主机名")).to_have_value("slug")
    page.get_by_label("IP").select_option("value_ip_address")
    page.get_by_role("button", name="Show what it would do").click()
    changed = page.get_by_role("row", name="srv-1")
    expect(changed).to_contain_text("32 → 64")
    expect(changed).to_contain_text("10.9.9.9 → 10.0.0.1")
    page.get_by_role("navigation", name="Lines by what they come to").get_by_role("link", name="Error 1").click()
    expect(page.get_by_role("row", name="srv-3")).to_be_visible()
    expect(page.get_by_role("row", name="srv-1")).to_have_count(0)


def test_a_long_import_is_seen_moving_and_leads_to_its_outcome(sign_in, cast):
    run = checked(cast, source(cast), [{"host": "srv-1", "name": "One"}], {"host": "slug", "name": "name_en"})
    ImportRun.objects.filter(pk=run.pk).update(state="applying", done=1200, total=4000)
    page = sign_in(cast.chen_hao, reverse("cmdb:import", args=[run.pk]))
    expect(page.get_by_label("Being applied: 1200 of 4000 steps")).to_be_visible()
    fine(page)
    ImportRun.objects.filter(pk=run.pk).update(done=2400)
    expect(page.get_by_label("Being applied: 2400 of 4000 steps")).to_be_visible()
    ImportRun.objects.filter(pk=run.pk).update(state="applied")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["desktop", "phone"])
def test_a_chinese_spreadsheet_from_the_file_to_its_undoing(sign_in, cast, viewport):
    page = sign_in(cast.chen_hao, reverse("cmdb:imports"), viewport=viewport)
    page.get_by_role("link", name="Import a file").first.click()
    bring(page, "设备.csv", as_csv([*GOOD, BAD]))
    page.get_by_label("Name of the new source").fill("资产表")
    page.get_by_label("Class of its items").select_option("server")
    fine(page)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("二号服务器").first).to_be_visible()
    expect(page.get_by_label("序列号")).to_have_value("value_serial_number")
    fine(page)
    page.get_by_role("button", name="Show what it would do").click()

    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    expect(page.get_by_role("row", name="srv-3")).to_contain_text("This is no IP address.")
    fine(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Errors as CSV").click()
    assert "srv-3,三号服务器,S-3,10.0.0.300" in saved.value.path().read_text("utf-8-sig")
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert ConfigurationItem.objects.filter(slug__startswith="srv-").count() == 2
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".item-marks")).to_contain_text("Undone")
    assert not ConfigurationItem.objects.filter(slug__startswith="srv-").exists()
    fine(page)
