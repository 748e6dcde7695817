"""Bodies: charsets right and wrong, transfer encodings, quotations and signatures of many programs, hostile HTML."""

import base64
import quopri

HEAD = "From: X <@SENDER@>\r\nTo: it@xinghe.example\r\nSubject: {subject}\r\nMessage-ID: @ID@\r\n"
CHINESE = "打印机又卡纸了，请派人来看看。谢谢！"
TRADITIONAL = "印表機又卡紙了，請派人來看看。"
JAPANESE = "プリンターが動きません。確認してください。"
FRENCH = "L'imprimante du deuxième étage est cassée, merci d'avance."


def plain(body: bytes, *, label="", encoding="8bit", subject="corpus", more="", kind="text/plain") -> bytes:
    """One part as it stands: `body` under `label`."""
    content_type = f"Content-Type: {kind}; charset={label}\r\n" if label else ""
    head = HEAD.format(subject=subject) + more + content_type + f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


def cases():
    yield from _charsets()
    yield from _encodings()
    yield from _quotations()
    yield from _html()


def _charsets():
    for label, codec, text in (
        ("utf-8", "utf-8", CHINESE), ("gb2312", "gb2312", CHINESE), ("gbk", "gbk", CHINESE),
        ("GB18030", "gb18030", CHINESE),
        ("big5", "big5", TRADITIONAL), ("iso-2022-jp", "iso-2022-jp", JAPANESE), ("shift_jis", "shift_jis", JAPANESE),
        ("euc-jp", "euc-jp", JAPANESE), ("hz-gb-2312", "hz", CHINESE), ("utf-16", "utf-16", CHINESE),
        ("windows-1252", "cp1252", FRENCH), ("iso-8859-15", "iso-8859-15", FRENCH),
        ("koi8-r", "koi8-r", "Принтер не работает"),
        ("euc-kr", "euc-kr", "프린터가 고장났습니다"), ("utf-7", "utf-7", CHINESE),
    ):  # fmt: skip
        raw = base64.encodebytes(text.encode(codec))
        yield f"charset {label}", plain(raw, label=label, encoding="base64"), "opened", (text,)
    for name, label, codec, text in (
        ("GBK under gb2312", "gb2312", "gbk", "朱镕基堃煊：" + CHINESE),
        ("GB 18030 under gb2312", "gb2312", "gb18030", "㐂㐆：" + CHINESE),
        ("UTF-8 under iso-8859-1", "iso-8859-1", "utf-8", CHINESE),
        ("UTF-8 under us-ascii", "us-ascii", "utf-8", CHINESE),
        ("GB 2312 under us-ascii", "us-ascii", "gb2312", CHINESE),
        ("GB 2312 under iso-8859-1", "iso-8859-1", "gb2312", CHINESE),
        ("GB 2312 under utf-8", "utf-8", "gb2312", CHINESE),
        ("GB 2312 without a label", "", "gb2312", CHINESE),
        ("UTF-8 without a label", "", "utf-8", CHINESE),
        ("unknown label", "x-made-up", "utf-8", CHINESE),
        ("label of no charset", "base64", "utf-8", CHINESE),
        ("label idna", "idna", "utf-8", CHINESE),
        ("quoted label", '"gb2312"', "gb18030", CHINESE),
        ("label in capitals", "UTF8", "utf-8", CHINESE),
        ("BOM", "utf-8", "utf-8-sig", CHINESE),
        ("French under iso-8859-1", "iso-8859-1", "latin-1", FRENCH),
    ):
        yield f"charset: {name}", plain(text.encode(codec), label=label), "opened", (text,)
    shifted = b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in CHINESE.encode("gb2312")) + b"\x0f ok"
    yield "charset iso-2022-cn", plain(shifted, label="iso-2022-cn"), "opened", (CHINESE,)
    yield "charset broken inside", plain("好".encode() + b"\xff\xfe" + "的".encode(), label="utf-8"), "opened"
    yield "two charsets in one body", plain(CHINESE.encode() + CHINESE.encode("gbk"), label="utf-8"), "opened"


def _encodings():
    raw = CHINESE.encode()
    whole = base64.b64encode(raw)
    for name, body, encoding, says in (
        ("quoted-printable", quopri.encodestring(raw), "quoted-printable", (CHINESE,)),
        ("quoted-printable with rubbish", b"=ZZ ok =E4=BD" + quopri.encodestring(raw), "quoted-printable", ("ok",)),
        ("base64 without padding", whole.rstrip(b"="), "base64", ()),
        ("base64 with blanks", b" ".join(whole[i : i + 5] for i in range(0, len(whole), 5)), "base64", (CHINESE,)),
        ("base64 with rubbish", b"!!" + whole + b"%%", "base64", ()),
        ("base64 that is none", b"no base64 at all", "base64", ()),
        ("unknown encoding", raw, "x-uuencode-2", (CHINESE,)),
        ("8 bit under 7bit", raw, "7bit", (CHINESE,)),
        ("NUL inside", b"a\0b" + raw, "8bit", (CHINESE,)),
        ("empty body", b"", "8bit", ()),
        ("blank body", b" \r\n\t\r\n", "8bit", ()),
        ("one endless line", b"x" * 200_000, "8bit", ("administrators have all of it",)),
        ("flowed", b"one \r\ntwo\r\n", "8bit", ()),
    ):
        yield f"encoding: {name}", plain(body, label="utf-8", encoding=encoding), "opened", says


# (program, what it puts below an answer)
QUOTATIONS = (
    ("Gmail en", "On Mon, Nov 23, 2026 at 9:00 AM IT <it@xinghe.example> wrote:\n\n> OLD WORDS\n> more"),
    ("Gmail broken line", "On Mon, Nov 23, 2026 at 9:00 AM IT Service Desk\n<it@xinghe.example> wrote:\n\n> OLD WORDS"),
    ("Gmail zh", "IT <it@xinghe.example> 于2026年11月23日周一 09:00写道：\n\n> OLD WORDS"),
    ("Apple Mail zh", "> 在 2026年11月23日，09:00，IT <it@xinghe.example> 写道：\n> \n> OLD WORDS"),
    ("Apple Mail en", "> On 23 Nov 2026, at 09:00, IT <it@xinghe.example> wrote:\n> \n> OLD WORDS"),
    ("QQ Mail", "------------------ 原始邮件 ------------------\n发件人: IT\n主题: Y\n\nOLD WORDS"),
    ("QQ Mail enterprise", "------------------ 原始邮件 ------------------\n发件人: IT\n主题: Y\n\nOLD WORDS"),
    ("163", "在 2026-11-23 09:00:00，\"IT\" <it@xinghe.example> 写道：\n\nOLD WORDS"),
    ("163 master", "---- 回复的原邮件 ----\n| 发件人 | IT |\n| 日期 | 2026年11月23日 |\n\nOLD WORDS"),
    ("Foxmail", "发件人： IT\n发送时间： 2026-11-23 09:00\n收件人： X\n主题： Y\n\nOLD WORDS"),
    ("Outlook en", "From: IT <it@xinghe.example>\nSent: Monday\nTo: X\nSubject: Y\n\nOLD WORDS"),
    ("Outlook line", "________________________________\nFrom: IT\nSent: Monday\nTo: X\nSubject: Y\n\nOLD WORDS"),
    ("Outlook old", "-----Original Message-----\nFrom: IT\nSent: Monday\n\nOLD WORDS"),
    ("Outlook zh", "-----邮件原件-----\n发件人: IT\n发送时间: 9:00\n收件人: X\n\nOLD WORDS"),
    ("Outlook bold", "*From:* IT\n*Sent:* Monday\n*To:* X\n*Subject:* Y\n\nOLD WORDS"),
    ("our separator", "—— Reply above this line [#r-7-c-abcdefgh234567ab] ——\nOLD WORDS"),
    ("our separator quoted", "> —— 请在此行上方回复 [#r-7-c-abcdefgh234567ab] ——\n> OLD WORDS"),
    ("only marks", "> OLD WORDS\n> OLD WORDS"),
    ("forward inside", "---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n\nOLD WORDS"),
)  # fmt: skip
SIGNATURES = (
    "发自我的 iPhone",
    "Sent from my iPhone",
    "-- \nLi Na\nFinance",
    "Get Outlook for iOS",
    "发自我的华为手机",
)


def _quotations():
    """New tickets keep everything, quotations too; what an answer keeps is tested in tests/unit/integrations."""
    for name, quotation in QUOTATIONS:
        yield (
            f"quotation of {name}",
            plain(f"NEW WORDS\n\n{quotation}".encode(), label="utf-8"),
            "opened",
            ("NEW WORDS",),
        )
    for number, signature in enumerate(SIGNATURES):
        yield (
            f"signature {number}",
            plain(f"NEW WORDS\n\n{signature}".encode(), label="utf-8"),
            "opened",
            ("NEW WORDS",),
        )


def _html():
    for name, html, says, hides in (
        ("script", "<p>visible</p><script>alert('evil')</script>", ("visible",), ("evil",)),
        ("event handler", "<img src=x onerror=evil()><p>visible</p>", ("visible",), ("evil",)),
        ("javascript link", '<a href="javascript:evil()">visible</a>', ("visible",), ("evil",)),
        ("style", "<style>p{content:'evil'}</style><p>visible", ("visible",), ("evil",)),
        ("svg", "<svg onload=evil()><title>evil</title></svg><p>visible</p>", ("visible",), ("onload",)),
        (
            "meta refresh",
            '<meta http-equiv=refresh content="0;url=https://evil.example"><p>visible',
            ("visible",),
            ("evil",),
        ),
        ("form", '<form action="https://evil.example"><input value=x>visible</form>', ("visible",), ("evil",)),
        (
            "tracker",
            '<img src="https://evil.example/pixel.gif" alt="logo"><p>visible',
            ("visible", "[logo]"),
            ("evil",),
        ),
        ("comment", "<!-- evil --><p>visible", ("visible",), ("evil",)),
        ("conditional comment", "<!--[if mso]><p>evil</p><![endif]--><p>visible", ("visible",), ("evil",)),
        ("unclosed", "<div><b><i><table><tr><td>visible", ("visible",), ()),
        ("deep", "<div>" * 3000 + "visible" + "</div>" * 3000, (), ()),
        ("table", "<table><tr><td>a</td><td>b</td></tr></table>", ("a | b",), ()),
        ("list", "<ol><li>one<li>two</ol><ul><li>three</ul>", ("1. one", "2. two", "- three"), ()),
        ("link", '<a href="https://wiki.example/a b">wiki</a>', ("[wiki](https://wiki.example/a%20b)",), ()),
        ("data link", '<a href="data:text/html,evil">visible</a>', ("visible",), ("evil",)),
        ("entities", "&lt;script&gt;x &amp; 你好&nbsp;&#20320;", ("<script>x & 你好 你",), ()),
        ("empty", "<html><body></body></html>", (), ()),
        ("quotation mark forged", "visible \ue010 \ue011\ue012 more", ("visible", "more"), ()),
    ):
        yield f"html: {name}", plain(html.encode(), label="utf-8", kind="text/html"), "opened", says, hides
