"""Containers: parts within parts, files of every name, pictures, winmail.dat, invitations, bombs."""

import base64
import struct

from tests.data.mail.bodies import HEAD

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
EVENT = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:周会\\, 三楼\r\n"
    "DTSTART;TZID=Asia/Shanghai:20261124T090000\r\n"
    "DTEND;TZID=Asia/Shanghai:20261124T100000\r\nLOCATION:301\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def part(kind: str, body: bytes, *, name="", disposition="", more="") -> bytes:
    """One base64 part."""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{more}"
    if disposition or name:
        head += f"Content-Disposition: {disposition or 'attachment'}{f'; filename={name}' if name else ''}\r\n"
    return head.encode("utf-8", "surrogateescape") + b"\r\n" + base64.encodebytes(body)


def multi(kind: str, *parts: bytes, boundary="b", head="", close=True) -> bytes:
    """A multipart letter."""
    top = HEAD.format(subject="corpus") + head + f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    inner = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    return top.encode() + inner + (f"--{boundary}--\r\n".encode() if close else b"")


def text(words="hello", kind="text/plain") -> bytes:
    return part(f"{kind}; charset=utf-8", words.encode())


def tnef(name="plan.txt", content=b"the plan") -> bytes:
    """A winmail.dat with one file (MS-OXTNEF, as little of it as programs need)."""

    def attribute(level, number, kind, data):
        return struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    start = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    rendering = attribute(2, 0x9002, 6, b"\x01\x00" + b"\xff" * 4 + b"\0" * 8)
    return start + rendering + attribute(2, 0x8010, 1, name.encode() + b"\0") + attribute(2, 0x800F, 6, content)


def cases():
    yield from _structures()
    yield from _files()


def _structures():
    both = multi("alternative", text("plain words"), text("<b>rich words</b>", "text/html"))
    yield "alternative", both, "opened", ("plain words",), ("rich words",)
    yield (
        "alternative, plain empty",
        multi("alternative", text(""), text("<b>rich</b>", "text/html")),
        "opened",
        ("**rich**",),
    )
    picture = part("image/png", PIXEL, name="shot.png", disposition="inline", more="Content-ID: <p1>\r\n")
    yield (
        "related",
        multi("related", text('look <img src="cid:p1" alt="shot">', "text/html"), picture),
        "opened",
        ("look",),
    )
    yield "two bodies", multi("mixed", text("first"), text("second")), "opened", ("first", "second")
    yield "no closing boundary", multi("mixed", text("hello"), close=False), "opened", ("hello",)
    yield "boundary that never comes", multi("mixed", text("hello")).replace(b"--b", b"--c"), "opened"
    yield "empty boundary", multi("mixed", text("hello"), boundary=""), "opened"
    yield (
        "no boundary at all",
        HEAD.format(subject="corpus").encode() + b"Content-Type: multipart/mixed\r\n\r\nhello",
        "opened",
    )
    yield "no parts", multi("mixed"), "opened"
    yield "unknown multipart", multi("x-odd", text("hello")), "opened", ("hello",)
    yield (
        "signed",
        multi("signed", text("hello"), part("application/pgp-signature", b"sig", name="s.asc")),
        "opened",
        ("hello",),
    )
    yield (
        "forwarded letter",
        multi("mixed", text("see"), b"Content-Type: message/rfc822\r\n\r\nFrom: a@b\r\nSubject: in\r\n\r\ninner"),
        "opened",
        ("see",),
        ("inner",),
    )
    yield (
        "forwarded letter in base64",
        multi("mixed", text("see"), part("message/rfc822", b"From: a@b\r\n\r\ninner")),
        "opened",
        ("see",),
    )
    nested = text("core")
    for depth in range(12):
        nested = (
            f"Content-Type: multipart/mixed; boundary=n{depth}\r\n\r\n--n{depth}\r\n".encode()
            + nested
            + f"\r\n--n{depth}--\r\n".encode()
        )
    yield "twelve deep", multi("mixed", nested), "opened", ("core",)
    bomb = b"".join(f"Content-Type: multipart/mixed; boundary=n{n}\r\n\r\n--n{n}\r\n".encode() for n in range(400))
    yield "four hundred deep", multi("mixed", bomb), "quarantined:unreadable"
    yield "three hundred parts", multi("mixed", *[text(f"p{n}") for n in range(300)]), "opened", ("p0",)
    yield (
        "odd content type",
        HEAD.format(subject="corpus").encode() + b"Content-Type: ;;;\r\n\r\nhello",
        "opened",
        ("hello",),
    )
    yield (
        "content type of one word",
        HEAD.format(subject="corpus").encode() + b"Content-Type: text\r\n\r\nhello",
        "opened",
    )
    yield (
        "invitation",
        multi("alternative", text("come"), part("text/calendar; method=REQUEST; charset=utf-8", EVENT.encode())),
        "opened",
        ("come",),
    )
    yield (
        "invitation alone",
        multi("mixed", part("text/calendar; charset=utf-8", EVENT.encode())),
        "opened",
        ("周会, 三楼", "2026-11-24 09:00", "301"),
    )
    yield (
        "invitation broken",
        multi("mixed", text("hello"), part("text/calendar", b"BEGIN:VEVENT\r\nDTSTART:x")),
        "opened",
        ("hello",),
    )


def _files():
    for title, name in (
        ("plain", "report.pdf"), ("quoted", '"my report.pdf"'), ("encoded word", '"=?utf-8?B?5oql6KGoLnBkZg==?="'),
        ("raw UTF-8", '"报表.pdf"'), ("path", '"..\\\\..\\\\etc\\\\passwd"'), ("slashes", '"../../etc/passwd"'),
        ("endless", '"' + "n" * 3000 + '.pdf"'), ("line end inside", '"a=0D=0Ab.pdf"'), ("dots", '"run.exe."'),
    ):  # fmt: skip
        yield (
            f"file name: {title}",
            multi("mixed", text("hello"), part("application/pdf", b"%PDF-1.4 x", name=name)),
            "opened",
            ("hello",),
        )
    parameters = "Content-Disposition: attachment; filename*=gb18030''%B1%A8%B1%ED.pdf\r\n"
    yield (
        "file name: RFC 2231",
        multi("mixed", text("hello"), part("application/pdf", b"%PDF", more=parameters)),
        "opened",
        ("hello",),
    )
    raw = part("application/pdf", b"%PDF", name="XX").replace(b"XX", "报表.pdf".encode("gbk"))
    yield "file name: raw GBK", multi("mixed", text("hello"), raw), "opened", ("hello",)
    yield (
        "program",
        multi("mixed", text("hello"), part("application/pdf", b"MZ\x90", name="invoice.pdf")),
        "opened",
        ("hello", "invoice.pdf"),
    )
    yield (
        "empty file",
        multi("mixed", text("hello"), part("application/pdf", b"", name="empty.pdf")),
        "opened",
        ("hello",),
    )
    yield (
        "sixty files",
        multi("mixed", text("hello"), *[part("text/plain", b"x", name=f"{n}.txt") for n in range(60)]),
        "opened",
        ("59.txt",),
    )
    yield "only a file", multi("mixed", part("image/png", PIXEL, name="shot.png")), "opened"
    yield (
        "picture that is none",
        multi("mixed", text("hello"), part("image/png", b"no picture", name="a.png")),
        "opened",
    )
    yield (
        "winmail.dat",
        multi("mixed", text("hello"), part("application/ms-tnef", tnef(), name="winmail.dat")),
        "opened",
        ("hello",),
    )
    yield (
        "winmail.dat under another type",
        multi("mixed", text("hello"), part("application/octet-stream", tnef(), name="winmail.dat")),
        "opened",
    )
    yield (
        "winmail.dat broken",
        multi("mixed", text("hello"), part("application/ms-tnef", tnef()[:40], name="winmail.dat")),
        "opened",
        ("hello",),
    )
    yield (
        "winmail.dat of noise",
        multi("mixed", text("hello"), part("application/ms-tnef", b"\x78\x9f\x3e\x22" + b"\xff" * 500)),
        "opened",
    )
    yield (
        "attached text",
        multi("mixed", text("hello"), part("text/plain", b"log", name="log.txt")),
        "opened",
        ("hello",),
        ("log\n",),
    )
    yield (
        "attached page",
        multi("mixed", text("hello"), part("text/html", b"<b>x</b>", name="p.html")),
        "opened",
        ("hello",),
    )
