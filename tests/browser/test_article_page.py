"""An article on paper and on a phone: the whole width for its text, its contents in front of it; pictures."""

import re

from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from tests import articles

LONG = "## Before you start\n\n- [ ] Save your work\n\n## Steps\n\n" + "Words to read. " * 60


def test_an_article_on_paper_and_on_a_phone(cast, sign_in):
    version = articles.published(cast, title="Moving house", body=LONG, language="en")
    page = sign_in(cast.li_na, reverse("knowledge:article", args=[version.article_id]))
    body, beside = page.locator(".article-body"), page.get_by_role("navigation", name="Contents")
    expect(beside.get_by_role("link", name="Steps")).to_be_visible()
    expect(page.locator(".is-task")).to_have_text("Save your work")

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})
    assert body.bounding_box()["width"] > 650, "no column is kept for what is not printed"

    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    folded = page.locator("summary", has_text="Contents")
    expect(beside).not_to_be_visible()
    assert folded.bounding_box()["y"] < body.bounding_box()["y"]
    folded.click()
    beside.get_by_role("link", name="Steps").click()
    expect(page).to_have_url(re.compile("#part-2"))


def test_a_picture_that_is_dropped_stands_where_the_cursor_is(cast, sign_in, tmp_path):
    Image.new("RGB", (20, 20), "teal").save(tmp_path / "Screenshot 2026 a.png")
    version = articles.drafted(cast, body="Open the dialog")
    page = sign_in(cast.zhang_wei, reverse("knowledge:edit", args=[version.pk]))
    text = page.get_by_role("textbox", name="Text", exact=False).last
    text.press("Control+End")
    page.locator("#article-files").set_input_files(tmp_path / "Screenshot 2026 a.png")
    expect(text).to_have_value("Open the dialog![Screenshot 2026 a](Screenshot 2026 a.png)")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#article-preview img[alt='Screenshot 2026 a']")).to_be_visible()
