"""Bytes to text when the label is wrong, unknown or missing."""

import codecs
import re

from charset_normalizer import from_bytes

# What the label says, and what is read instead: the larger set of which it is a part, as mail programs really write.
_MEANT = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cn-gb": "gb18030",
    "cp936": "gb18030", "ms936": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932",
    "hz-gb-2312": "hz", "iso-2022-jp": "iso2022_jp_ext", "utf8": "utf-8", "x-utf-8": "utf-8",
}  # fmt: skip
# One of these is often written where the program knew nothing better: UTF-8 that reads as such wins over them.
_DOUBTFUL = {"", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "cp1252", "unknown-8bit", "x-unknown"}
# Python calls them text, mail never does; some take quadratic time.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_SAMPLE = 20_000
# Every character of GB 2312 beyond ASCII is a pair of high bytes; Western accents stand alone.
_CHINESE = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*[\xa1-\xf7]?")


def text_of(data: bytes, label: str = "") -> str:
    """`data` as text: by its label where that works, else by what the bytes look like. Never raises."""
    label = (label or "").strip().strip("\"'").lower()
    if label == "iso-2022-cn":
        return _iso_2022_cn(data)
    if label not in _DOUBTFUL and (text := _strict(data, _MEANT.get(label, label))) is not None:
        return text
    if (text := _strict(data, "utf-8-sig")) is not None:
        return text
    return _guessed(data, label)


def _strict(data, name):
    try:
        if codecs.lookup(name).name in _NO_CHARSETS:
            return None
        return data.decode(name)
    except (LookupError, ValueError):
        return None


def _guessed(data, label):
    """Mail without a usable label: here mostly Chinese, so that what is sound GB 2312 wins."""
    if _CHINESE.fullmatch(data[:_SAMPLE]) and (chinese := _strict(data, "gb18030")) is not None:
        return chinese
    best = from_bytes(data[:_SAMPLE]).best()
    for name in (best.encoding if best else "", _MEANT.get(label, label), "utf-8"):
        try:
            if name and codecs.lookup(name).name not in _NO_CHARSETS:
                return data.decode(name, "replace")
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _iso_2022_cn(data):
    """RFC 1922, the GB 2312 half: between shift-out and shift-in two seven-bit bytes are one character."""
    data = re.sub(rb"\x1b\$[)*+].", b"", data)
    parts = re.split(rb"\x0e(.*?)(?:\x0f|$)", data, flags=re.DOTALL)
    plain = [part.decode("ascii", "replace") for part in parts[0::2]]
    shifted = [bytes(byte | 0x80 for byte in part).decode("gb2312", "replace") for part in parts[1::2]]
    return "".join(text for pair in zip(plain, [*shifted, ""], strict=False) for text in pair)
