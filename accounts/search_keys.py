"""What people are found by: names, pinyin, initials, numbers. Pure."""

import re
import unicodedata
from itertools import islice, product

from pypinyin import Style, lazy_pinyin, pinyin

SOURCES = ("name", "latin_name", "username", "email", "staff_number", "phone")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_READINGS_AT_MOST = 12


def folded(text) -> str:
    """`text` as it is compared: full-width forms as plain ones, lower case, without NUL."""
    return unicodedata.normalize("NFKC", (text or "").replace("\0", "")).lower()


def spoken(name) -> list[str]:
    """Readings of a Chinese name, each as syllables separated by blanks; the usual one first.

    单, 曾 or 查 read differently as surnames: all readings of short names are kept, at most a dozen.
    """
    if not _HAN.search(name or ""):
        return []
    readings = [" ".join(lazy_pinyin(name, v_to_u=False))]
    if len(name) <= 4:
        each = pinyin(name, style=Style.NORMAL, heteronym=True)
        readings += [" ".join(syllables) for syllables in islice(product(*each), _READINGS_AT_MOST)]
    return list(dict.fromkeys(reading.lower() for reading in readings))


def latin_form(name) -> str:
    """A Chinese name in Latin letters: `欧阳娜娜` → `Ou Yang Na Na`; empty for other names."""
    return spoken(name)[0].title() if spoken(name) else ""


def search_keys_of(person) -> str:
    """Every key of a person, separated by line ends: a word typed never matches across two keys."""
    keys = [folded(getattr(person, source)) for source in SOURCES]
    for reading in spoken(person.name):
        syllables = reading.split()
        keys += ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    digits = re.sub(r"\D", "", folded(person.phone))
    return "\n".join(dict.fromkeys(key for key in [*keys, digits] if key))
