"""Documents on an item's page."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cmdb.models import ItemFile
from tests.imports import by_hand


def test_files_are_attached_downloaded_and_removed_and_what_is_refused_is_told(client, cast):
    cast.chen_hao.language = "en"
    cast.chen_hao.save()
    client.force_login(cast.chen_hao)
    item = by_hand(cast, "srv-1")
    page, url = f"/cmdb/{item.pk}/", f"/cmdb/{item.pk}/files/"
    files = [SimpleUploadedFile("plan.html", b"<script>"), SimpleUploadedFile("b.exe", b"MZ")]
    text = client.post(url, {"files": files}, follow=True).content.decode()
    assert "plan.html" in text and "b.exe” is a program" in text and "added a document" in text
    assert "Choose a file first" in client.post(url, follow=True).content.decode()
    kept = ItemFile.objects.get()
    answer = client.get(f"/cmdb/files/{kept.pk}/")
    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]
    client.force_login(cast.li_na)
    assert client.get(f"/cmdb/files/{kept.pk}/").status_code in (403, 404)
    client.force_login(cast.chen_hao)
    assert client.post(f"/cmdb/files/{kept.pk}/remove/").status_code == 302
    assert not ItemFile.objects.exists() and "removed a document" in client.get(page).content.decode()


def test_a_link_is_made_and_removed(client, cast):
    client.force_login(cast.chen_hao)
    item = by_hand(cast, "srv-1")
    assert client.post(f"/cmdb/{item.pk}/document/", {"title": "Manual", "url": "nowhere"}).status_code == 422
    client.post(f"/cmdb/{item.pk}/document/", {"title": "Manual", "url": "https://docs.example/manual"})
    link = item.documents.get()
    assert "https://docs.example/manual" in client.get(f"/cmdb/{item.pk}/").content.decode()
    client.post(f"/cmdb/documents/{link.pk}/remove/")
    assert not item.documents.exists()
