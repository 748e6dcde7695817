"""Lengths of business time as people write and read them: `4h`, `1d 30m`, `3 working days of 7 h 30 min`.

A day (`d`) is the ordinary working day of a calendar. Where the calendar's days differ in length there is none, and
then nobody may count in days.
"""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

HOUR, MINUTE = 3600, 60
LONGEST = 10 * 366 * 24 * HOUR
_UNITS = {
    **dict.fromkeys(("d", "day", "days", "天", "日", "工作日", "个工作日"), "day"),
    **dict.fromkeys(("h", "hour", "hours", "小时", "时", "个小时"), HOUR),
    **dict.fromkeys(("m", "min", "minute", "minutes", "分钟", "分"), MINUTE),
    **dict.fromkeys(("s", "second", "seconds", "秒"), 1),
}
_PART = re.compile(r"(\d{1,7}(?:\.\d{1,2})?)\s*([^\W\d_]+)\s*")


def ordinary_day(compiled) -> int | None:
    """The seconds of a working day of a compiled calendar; None where its days differ."""
    lengths = {sum(end - start for start, end in day) for day in compiled.weekly} - {0}
    return lengths.pop() if len(lengths) == 1 else None


def parse(text, *, day=None) -> int:
    """Seconds of business time out of `2d`, `4h`, `1h30m`, `90分钟`. Raises ValueError in the reader's language."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    parts = _PART.findall(plain)
    if not parts or _PART.sub("", plain):
        raise ValueError(_("Write a length of time such as 30m, 4h or 2d."))
    seconds = 0.0
    for amount, unit in parts:
        if unit not in _UNITS:
            raise ValueError(_("“%(unit)s” is no unit of time; use d, h, m or s.") % {"unit": unit})
        size = day if _UNITS[unit] == "day" else _UNITS[unit]
        if size is None:
            raise ValueError(_("Days of this calendar differ in length; write hours instead."))
        seconds += float(amount) * size
    if not 1 <= seconds <= LONGEST:
        raise ValueError(_("Between one second and ten years."))
    return round(seconds)


def compact(seconds, *, day=None) -> str:
    """What `parse` reads back: `3d`, `4h 30m`."""
    if day and seconds % day == 0:
        return f"{seconds // day}d"
    return " ".join(f"{amount}{unit}" for amount, unit in zip(_split(seconds), "hms", strict=True) if amount)


def words(seconds, *, day=None) -> str:
    """The length exactly, for readers: days only where they are whole, and then with their length."""
    if day and seconds % day == 0:
        days = ngettext("%(n)s working day of %(day)s", "%(n)s working days of %(day)s", seconds // day)
        return days % {"n": seconds // day, "day": words(day)}
    names = (pgettext("duration", "%(n)s h"), pgettext("duration", "%(n)s min"), pgettext("duration", "%(n)s s"))
    return " ".join(name % {"n": n} for n, name in zip(_split(seconds), names, strict=True) if n)


def _split(seconds):
    return seconds // HOUR, seconds % HOUR // MINUTE, seconds % MINUTE
