"""How the values of a field are read: a choice, a name, a person, a day. Each in any language of the house.

A reader is `read(user, operator, written) -> Meaning`; it raises Unreadable with a hint in the reader's language.
Only what `user` may see can be named, so that no filter tells anything about the rest.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core import clock

ME = pgettext_lazy("search value", "me")
NONE = pgettext_lazy("search value", "none")
OPEN = pgettext_lazy("search value", "open")
TODAY = pgettext_lazy("search value", "today")
YESTERDAY = pgettext_lazy("search value", "yesterday")
NAMED_AT_MOST = 50
_LOOKUPS = {":": "exact", ">": "gt", "<": "lt", ">=": "gte", "<=": "lte"}
_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_AGO = re.compile(r"(\d{1,4})\s*(?:d|天)", re.ASCII)


class Unreadable(ValueError):
    """This value means nothing in this field; the text says what would."""


@dataclass(frozen=True)
class Meaning:
    """`condition` on tickets; `key` is how the filter bar writes it, empty for what it has no place for."""

    condition: Q
    key: str = ""


def spoken(word) -> list[str]:
    """Every way to say a translatable word, in lower case. A translation may offer several, separated by |."""
    ways = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            ways += str(word).lower().split("|")
    return ways


def said(word) -> str:
    """The way to say it in the reader's language."""
    return str(word).partition("|")[0]


def choice(column, offered, extra=()):
    """A closed list: `offered()` gives (key, label); `extra` are pairs of a translatable word and its condition."""

    def read(user, operator, written):
        _refuse_order(operator)
        typed = written.lower()
        for word, condition in extra:
            if typed in spoken(word):
                return Meaning(condition)
        for key, label in offered():
            if typed == str(key) or typed in spoken(label):
                return Meaning(Q(**{column: key}), str(key))
        raise Unreadable(
            _possible([*(said(word) for word, _condition in extra), *(label for _key, label in offered())])
        )

    return read


def level(column, offered):
    """A choice with an order: `1`, `P1`, its name; `<=2` as well."""

    def read(user, operator, written):
        typed = written.lower()
        for key, label in offered:
            if typed in (str(key), f"p{key}") or any(typed in (way, *way.split()) for way in spoken(label)):
                return Meaning(Q(**{f"{column}__{_LOOKUPS[operator]}": key}), str(key) if operator == ":" else "")
        raise Unreadable(_possible(label for _key, label in offered))

    return read


def named(rows, condition):
    """Rows with a name in two languages: `rows(user)` may be named; `condition(keys)` are their tickets, None: none."""

    def read(user, operator, written):
        _refuse_order(operator)
        if written.lower() in spoken(NONE):
            return Meaning(condition(None), "none")
        exact = Q(name_zh__iexact=written) | Q(name_en__iexact=written) | Q(slug__iexact=written)
        part = Q(name_zh__icontains=written) | Q(name_en__icontains=written) | Q(slug__icontains=written)
        for fitting in (exact, part):
            if keys := list(rows(user).filter(fitting).values_list("pk", flat=True)[:NAMED_AT_MOST]):
                return Meaning(condition(keys), str(keys[0]) if len(keys) == 1 else "")
        raise Unreadable(_("Nothing of this name that you may see."))

    return read


def column_in(column):
    """The condition of a foreign key, for `named`."""
    return lambda keys: Q(**{f"{column}__isnull": True}) if keys is None else Q(**{f"{column}__in": keys})


def person(column):
    """Somebody by name, pinyin, initials, login, staff number or phone; `me` and `none` too."""

    def read(user, operator, written):
        _refuse_order(operator)
        if written.lower() in spoken(NONE):
            return Meaning(Q(**{f"{column}__isnull": True}), "none")
        if written.lower() in spoken(ME):
            return Meaning(Q(**{column: user.pk}), "me")
        people = User.objects.visible_to(user)
        for fitting in (people.filter(Q(username=written.lower()) | Q(name=written)), people.matching(written)):
            if keys := list(fitting.values_list("pk", flat=True)[:NAMED_AT_MOST]):
                return Meaning(Q(**{f"{column}__in": keys}), str(keys[0]) if len(keys) == 1 else "")
        raise Unreadable(_("Nobody of this name that you may see."))

    return read


def day(column):
    """A day or month (2026-11-01, 2026-11), `today`, `yesterday`, or so many days ago (`7d`), in the reader's zone."""

    def read(user, operator, written):
        begin, end = _span(written)
        return Meaning(
            {
                ":": Q(**{f"{column}__gte": begin, f"{column}__lt": end}),
                ">": Q(**{f"{column}__gte": end}),
                ">=": Q(**{f"{column}__gte": begin}),
                "<": Q(**{f"{column}__lt": begin}),
                "<=": Q(**{f"{column}__lt": end}),
            }[operator]
        )

    return read


def _span(written):
    """The first instant of what was written and the first after it."""
    typed, zone = written.lower(), timezone.get_current_timezone()
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    ago = 0 if typed in spoken(TODAY) else 1 if typed in spoken(YESTERDAY) else None
    if (counted := _AGO.fullmatch(typed)) is not None:
        ago = int(counted[1])
    try:
        if ago is not None:
            begin = today - timedelta(days=ago)
            end = begin + timedelta(days=1)
        else:
            year, month, monthday = _DAY.fullmatch(typed).groups()
            begin = datetime(int(year), int(month), int(monthday or 1))
            end = begin + timedelta(days=1) if monthday else (begin + timedelta(days=32)).replace(day=1)
        return begin.replace(tzinfo=zone), end.replace(tzinfo=zone)
    except (AttributeError, ValueError, OverflowError):
        raise Unreadable(_("Write a day such as 2026-11-01, a month, or 7d for seven days ago.")) from None


def _refuse_order(operator):
    if operator != ":":
        raise Unreadable(_("This field has no order: write a colon."))


def _possible(labels):
    return _("Possible: %(values)s.") % {"values": " · ".join(map(str, labels))}
