"""Files that are not what they seem: refused or kept harmless, by both shells, with the typed words left alone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.footprint import nothing_written
from tickets.models import Attachment

pytestmark = pytest.mark.django_db
EVIL = b"<script>evil()</script>"
WORDS = "这些字要留着"


def picture(kind="PNG", size=(8, 8), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def send(client, cast, incident, door, name, content):
    """The response of a reply with this file, by the portal as 李娜 or by the desk as 张伟."""
    client.force_login(cast.li_na if door == "portal" else cast.zhang_wei)
    url = f"/tickets/{incident.number}/reply/" if door == "portal" else f"/desk/t/{incident.number}/say/"
    return client.post(url, {"body": WORDS, "files": SimpleUploadedFile(name, content)})


REFUSED = {
    "program named as a picture": ("photo.png", b"MZ" + b"\0" * 200, "程序"),
    "program by its ending": ("setup.EXE", b"text", "程序"),
    "program by an ending that Windows mends": ("setup.exe. .", b"text", "程序"),
    "program behind a mark that turns the name round": ("gnp\u202e.exe", b"text", "程序"),
    "unix program": ("notes.txt", b"\x7fELF" + b"\0" * 50, "程序"),
    "empty": ("empty.txt", b"", "空"),
    "too large": ("big.log", b"x" * 5_001, "MB"),
}


@pytest.mark.parametrize("door", ["portal", "desk"])
@pytest.mark.parametrize("case", REFUSED)
def test_refused_file_keeps_the_words_and_writes_nothing(client, cast, incident, settings, door, case):
    settings.ATTACHMENT_MAX_BYTES = 5_000
    name, content, told = REFUSED[case]
    with nothing_written():
        response = send(client, cast, incident, door, name, content)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page and WORDS in page


def test_one_bad_file_among_good_ones_refuses_the_whole_report(client, cast):
    client.force_login(cast.li_na)
    key = "11111111-1111-4111-8111-111111111111"
    files = [SimpleUploadedFile("good.txt", b"fine"), SimpleUploadedFile("bad.exe", b"MZ")]
    data = {"text": WORDS, "affects": 3, "hinders": 2, "sending": key}
    with nothing_written():
        response = client.post("/report/", data | {"files": files})
    assert response.status_code == 422 and WORDS in response.content.decode()
    assert client.post("/report/", data).status_code == 302


DISGUISED = {
    "scripted drawing": ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"/>'),
    "page named as text": ("read.txt", b"<!doctype html>" + EVIL),
    "page named as a picture": ("photo.png", b"<html>" + EVIL),
    "picture of a format we do not decode": ("scan.tif", picture("TIFF")),
    "half a picture": ("half.png", picture(size=(80, 80))[:60]),
    "decompression bomb": ("bomb.png", picture(size=(9_600, 9_600), mode="1")),
}


@pytest.mark.parametrize("case", DISGUISED)
def test_what_is_no_picture_of_ours_is_only_a_download(client, cast, incident, case):
    name, content = DISGUISED[case]
    assert send(client, cast, incident, "portal", name, content).status_code == 302
    kept = Attachment.objects.get()
    assert not kept.is_image
    assert client.get(f"/files/{kept.pk}/picture/").status_code == 404
    response = client.get(f"/files/{kept.pk}/")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


POLYGLOTS = {
    "png with a page behind it": picture() + EVIL,
    "jpeg with a comment": picture("JPEG", comment=EVIL),
    "jpeg with a colour profile": picture("JPEG", icc_profile=EVIL * 9),
    "gif with a comment": picture("GIF", mode="P", comment=EVIL),
    "webp with notes": picture("WEBP", xmp=EVIL),
}


@pytest.mark.parametrize("case", POLYGLOTS)
def test_only_pixels_of_a_picture_survive(client, cast, incident, case):
    assert EVIL in POLYGLOTS[case]
    assert send(client, cast, incident, "portal", "photo.html", POLYGLOTS[case]).status_code == 302
    kept = Attachment.objects.get()
    response = client.get(f"/files/{kept.pk}/picture/")
    assert response["Content-Type"].startswith("image/") and response["Content-Type"] != "image/svg+xml"
    content = b"".join(response.streaming_content)
    assert b"evil" not in content
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (8, 8)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\li\\照片.txt", "照片.txt"), ("x" * 300 + ".txt", ".txt"),
        ("\u202etxt.gpj\u200b", "txt.gpj"), ('a"\r\nSet-Cookie: x.txt', None), ("<img src=x>.txt", "<img src=x>.txt"),
    ],
)  # fmt: skip
def test_name_of_a_file_is_a_plain_name(client, cast, incident, given, kept):
    assert send(client, cast, incident, "portal", given, b"text").status_code == 302
    stored = Attachment.objects.get()
    assert kept is None or stored.name.endswith(kept)
    assert len(stored.name) <= 200 and stored.name.isprintable() and "/" not in stored.name
    response = client.get(f"/files/{stored.pk}/")
    assert b"".join(response.streaming_content) == b"text"
    assert "\n" not in response["Content-Disposition"] and "Set-Cookie" not in response
    page = client.get(f"/tickets/{incident.number}/").content.decode()
    assert "<img src=x>" not in page and "\u202e" not in page


def test_files_of_others_are_not_there(client, cast, incident):
    send(client, cast, incident, "portal", "secret.txt", b"text")
    pk = Attachment.objects.get().pk
    for person in (cast.stranger, cast.zhao_min):
        client.force_login(person)
        for address in (f"/files/{pk}/", f"/files/{pk}/picture/", f"/files/{'9' * 40}/", "/files/0/"):
            assert client.get(address).status_code == 404
