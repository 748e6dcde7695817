"""Writing letters as programs do: plain ones with one call, odd ones byte by byte."""

from email.message import EmailMessage
from itertools import count

_numbers = count(1)


def letter(
    sender="李娜 <li.na@xinghe.example>",
    *,
    to="it@xinghe.example",
    subject="打印机坏了",
    text="二楼的打印机不动了。",
    html="",
    files=(),
    message_id="",
    **headers,
) -> bytes:
    """A well-formed letter. `files`: (name, type, bytes). Other headers by name, `_` for `-`."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = message_id or f"<{next(_numbers)}@mail.xinghe.example>"
    message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0800"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def raw(head: str | bytes, body: str | bytes = b"", *, charset="utf-8") -> bytes:
    """A letter as it stands: head and body in `charset` where they are text; line ends are made CRLF."""
    parts = [part if isinstance(part, bytes) else part.encode(charset) for part in (head.strip(), body)]
    return b"\r\n\r\n".join(part.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for part in parts)
