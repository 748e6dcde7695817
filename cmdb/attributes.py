"""What a valid value of an attribute is: one rule for pages, the API and imports. Pure: no queries."""

import ipaddress
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cmdb.vocabulary import AttributeKind

LONGEST = 500
IDENTIFYING = ("text", "ip", "mac")
TRUE, FALSE = ("true", "1", "yes", "on", "是"), ("false", "0", "no", "off", "否")


class Unfit(ValueError):
    """A value that its attribute does not take. The message is for the reader."""


def checked(attribute, value):
    """The value as it is stored (text, number, boolean), or None for nothing. Raises Unfit.

    Numbers stay exact up to what JSON carries, dates are ISO text, addresses are in their usual form; items are named
    by short name, people by login.
    """
    text = value if isinstance(value, bool) else str("" if value is None else value).strip()
    if text == "":
        return None
    if isinstance(text, str) and (len(text) > LONGEST or "\0" in text):
        raise Unfit(_("At most %(limit)s characters.") % {"limit": LONGEST})
    return _READERS[attribute.kind](attribute, text)


def checked_all(attributes, given, *, before=None) -> tuple[dict, dict]:
    """(values, problems by key) of what was `given` for an item that had `before`.

    What is not given stays as it was, also values of retired attributes; None or "" takes a value away. A key that the
    class does not know is a problem, so that nothing is typed into the void.
    """
    by_key = {one.key: one for one in attributes if one.retired_at is None}
    values, problems = dict(before or {}), {}
    for key, value in given.items():
        if key not in by_key:
            problems[key] = [_("This class of items has no such attribute.")]
            continue
        try:
            fit = checked(by_key[key], value)
        except Unfit as unfit:
            problems[key] = [str(unfit)]
            continue
        if fit is None:
            values.pop(key, None)
        else:
            values[key] = fit
    return values, problems


def findable(attributes, values) -> str:
    """The values by which people look for an item: text and addresses."""
    return " ".join(str(values[one.key]) for one in attributes if one.kind in IDENTIFYING and one.key in values)


def _text(attribute, value):
    return str(value)


def _number(attribute, value):
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) >= 10**15:
        raise Unfit(_("This is no number."))
    return int(number) if number == number.to_integral_value() else float(number)


def _date(attribute, value):
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise Unfit(_("Write the date like 2026-03-31.")) from None


def _choice(attribute, value):
    if value in attribute.choices:
        return value
    for key, words in attribute.choices.items():
        if value in words:
            return key
    raise Unfit(_("Choose one of the listed values."))


def _boolean(attribute, value):
    if isinstance(value, bool):
        return value
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise Unfit(_("Say yes or no."))


def _url(attribute, value):
    try:
        parts = urlsplit(str(value))
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
        raise Unfit(_("A web address begins with http:// or https://."))
    return value


def _ip(attribute, value):
    try:
        return str(ipaddress.ip_address(str(value)))
    except ValueError:
        raise Unfit(_("This is no IP address.")) from None


def _mac(attribute, value):
    digits = re.sub(r"[^0-9a-f]", "", str(value).lower())
    if len(digits) != 12 or not re.fullmatch(r"[0-9a-fA-F:.\-]+", str(value)):
        raise Unfit(_("This is no MAC address."))
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


_READERS = {
    AttributeKind.TEXT: _text,
    AttributeKind.NUMBER: _number,
    AttributeKind.DATE: _date,
    AttributeKind.CHOICE: _choice,
    AttributeKind.BOOLEAN: _boolean,
    AttributeKind.URL: _url,
    AttributeKind.IP: _ip,
    AttributeKind.MAC: _mac,
    AttributeKind.ITEM: _text,
    AttributeKind.PERSON: _text,
}
