"""Headers: odd, broken and hostile ones; machines, lists, bounces, loops."""

from tests.data.mail.bodies import plain

_TO = "To: it@xinghe.example\r\n"
_ID = "Message-ID: @ID@\r\n"


def _with(
    head: str, body="hello", *, subject="Subject: corpus\r\n", sender="From: X <@SENDER@>\r\n", message_id=_ID
) -> bytes:
    return (sender + _TO + subject + message_id + head + "\r\n" + body).encode("utf-8", "surrogateescape")


def cases():
    yield from _names()
    yield from _machines()
    yield from _bounces()


def _names():
    gb = "=?gb2312?B?tPLTobv6w7u1xNK7?="
    for name, subject, says in (
        ("encoded in GB 2312", "=?gb2312?B?tPLTobv6v6jWvQ==?=", ("打印机卡纸",)),
        ("cut inside a character", "=?utf-8?B?5omT5Y2w5py6?= =?utf-8?B?5Y2h57q4?=", ("打印机卡纸",)),
        ("broken base64", "=?utf-8?B?5omT5Y2w5py?=", ()),
        ("unknown charset", "=?x-odd?Q?abc?=", ("abc",)),
        ("raw UTF-8", "打印机卡纸", ("打印机卡纸",)),
        ("hidden line end", "=?utf-8?Q?a=0D=0ABcc:_evil@x?=", ("a Bcc: evil@x",)),
        ("endless", "x" * 5000, ("xxx",)),
        ("only Re", "Re: 回复: FW:", ("hello",)),
        ("many prefixes", "Re: RE: 回复：答复: printer", ("printer",)),
        ("empty", "", ("hello",)),
        ("emoji", "=?utf-8?B?8J+YgCBwcmludGVy?=", ("😀 printer",)),
        ("folded", "one\r\n two\r\n\tthree", ("one two three",)),
        ("NUL", "a\0b", ()),
        ("direction marks", "abc\u202etxt.exe", ()),
        ("rubbish in GB", gb, ()),
    ):
        yield f"subject: {name}", _with("", subject=f"Subject: {subject}\r\n"), "opened", says
    yield "no subject", _with("", subject=""), "opened", ("hello",)
    for name, sender, state in (
        ("none", "", "quarantined:unreadable"),
        ("no address", "From: Li Na\r\n", "quarantined:unreadable"),
        ("broken address", "From: Li Na <li.na@>\r\n", "quarantined:unreadable"),
        ("two addresses", "From: A <@SENDER@>, B <b@corpus.example>\r\n", "opened"),
        ("two lines", "From: A <@SENDER@>\r\nFrom: B <b@corpus.example>\r\n", "opened"),
        ("quoted name", 'From: "Na, Li \\"x\\"" <@SENDER@>\r\n', "opened"),
        ("name that is an address", 'From: "admin@xinghe.example" <@SENDER@>\r\n', "opened"),
        ("hidden line end", "From: =?utf-8?Q?A=0D=0ABcc:_evil?= <@SENDER@>\r\n", "opened"),
        ("bare address", "From: @SENDER@\r\n", "opened"),
        ("capitals", "From: X <U@CORPUS.EXAMPLE>\r\n", "opened"),
        ("group", "From: Group: @SENDER@;\r\n", "opened"),
        ("name of 5000", "From: " + "n" * 5000 + " <@SENDER@>\r\n", "opened"),
    ):
        yield f"sender: {name}", _with("", sender=sender), state
    yield "sender: none, only Sender", _with("Sender: X <@SENDER@>\r\n", sender=""), "opened"
    yield "Message-ID: none", _with("", message_id=""), "opened"
    yield "Message-ID: without brackets", _with("", message_id="Message-ID: abc\r\n", body="other"), "opened"
    yield "Message-ID: endless", _with("", message_id=f"Message-ID: <{'a' * 290}@x>\r\n"), "opened"
    yield "Message-ID: twice", _with("Message-ID: <another@x>\r\n"), "opened"
    yield "References: thousands", _with("References: " + " ".join(f"<{n}@x>" for n in range(2000)) + "\r\n"), "opened"
    yield "header without a colon", _with("this is no header\r\n"), "opened"
    yield "line ends of Unix", _with("").replace(b"\r\n", b"\n"), "opened"
    yield "blank lines before", b"\r\n\r\n" + _with(""), "opened"
    yield "no body", _with("")[:-5], "opened"


def _machines():
    for name, head in (
        ("auto-replied", "Auto-Submitted: auto-replied\r\n"),
        ("auto-generated", "Auto-Submitted: auto-generated; type=x\r\n"),
        ("X-Autoreply", "X-Autoreply: yes\r\n"),
        ("X-Autorespond", "X-Autorespond: vacation\r\n"),
        ("precedence auto_reply", "Precedence: auto_reply\r\n"),
        ("null return path", "Return-Path: <>\r\n"),
    ):
        yield f"automatic: {name}", _with(head), "ignored:automatic"
    for subject in (
        "Automatic reply: away",
        "自动回复：我在休假",
        "Out of Office",
        "Out of the office until Monday",
        "=?gb2312?B?19S2r7vYuLQ6?=",
    ):
        yield f"automatic: {subject}", _with("", subject=f"Subject: {subject}\r\n"), "ignored:automatic"
    for subject in ("外出期间收不到会议邀请", "Vacation request form is broken", "Out of office hours nobody answers"):
        yield f"not automatic: {subject}", _with("", subject=f"Subject: {subject}\r\n"), "opened", (subject,)
    yield "not automatic: no", _with("Auto-Submitted: no\r\n"), "opened"
    yield "not automatic: suppressing answers", _with("X-Auto-Response-Suppress: All\r\n"), "opened"
    for name, head in (
        ("List-Id", "List-Id: <news.example>\r\n"),
        ("List-Unsubscribe", "List-Unsubscribe: <mailto:x@y>\r\n"),
        ("bulk", "Precedence: bulk\r\n"),
        ("junk", "Precedence: junk\r\n"),
        ("list", "Precedence: list\r\n"),
    ):
        yield f"list: {name}", _with(head), "ignored:list"
    yield "loop: our address", _with("", sender="From: IT <it@xinghe.example>\r\n"), "ignored:loop"
    yield "forged: dmarc", _with("Authentication-Results: mx; spf=pass; dmarc=fail\r\n"), "quarantined:forged"
    yield "forged: spf alone", _with("Authentication-Results: mx; spf=fail smtp.mailfrom=x\r\n"), "quarantined:forged"
    yield "not forged: dkim speaks for it", _with("Authentication-Results: mx; spf=fail; dkim=pass\r\n"), "opened"
    yield "duplicate of the line ends of Unix", plain(b"hello", subject="corpus"), "opened"


def _bounces():
    mailer = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\n"
    report = "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n"
    status = (
        "--r\r\nContent-Type: text/plain\r\n\r\nNot delivered.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; gone@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        "Message-ID: <not-ours@x>\r\n\r\n--r--\r\n"
    )
    yield "bounce: DSN of a mail that is not ours", _with(report, status, sender=mailer), "ignored:bounce"
    yield "bounce: DSN without parts", _with(report, "--r--", sender=mailer), "ignored:bounce"
    yield (
        "bounce: DSN broken",
        _with(report, "--r\r\nContent-Type: message/delivery-status\r\n\r\n\0\0", sender=mailer),
        "ignored:bounce",
    )
    for subject in (
        "Undelivered Mail Returned to Sender",
        "failure notice",
        "系统退信/Systems bounce",
        "Mail delivery failed",
    ):
        yield (
            f"bounce: {subject}",
            _with("", "<gone@x.example>: 550 5.1.1", subject=f"Subject: {subject}\r\n", sender=mailer),
            "ignored:bounce",
        )
