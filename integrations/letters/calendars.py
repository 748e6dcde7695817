"""An invitation in one readable line; the file itself is kept beside it."""

import re

_LONGEST = 200


def in_words(source: str) -> str:
    """`📅 summary · start – end · place` of the first event of an iCalendar text; empty when it holds none."""
    unfolded = re.sub(r"\r?\n[ \t]", "", source)
    event = unfolded.partition("BEGIN:VEVENT")[2].partition("END:VEVENT")[0]
    if not event:
        return ""
    times = [_instant(_value(event, name)) for name in ("DTSTART", "DTEND")]
    parts = [_value(event, "SUMMARY"), " – ".join(filter(None, times)), _value(event, "LOCATION")]
    return "📅 " + " · ".join(filter(None, parts))


def _value(event, name):
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*)$", event, re.MULTILINE)
    if not found:
        return ""
    value = found.group(1).strip()
    words = re.sub(r"\\(.)", lambda mark: " " if mark.group(1) in "nN" else mark.group(1), value)
    return " ".join(words.split())[:_LONGEST]


def _instant(value):
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?", value)
    if not found:
        return ""
    year, month, day, hour, minute, zone = found.groups()
    return f"{year}-{month}-{day}" + (f" {hour}:{minute}{' UTC' if zone else ''}" if hour else "")
