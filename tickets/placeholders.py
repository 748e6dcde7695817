"""Placeholders of prepared texts: a closed list, filled in once, unable to carry marks of their own."""

import re

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.errors import InvalidInput

_PLACE = re.compile(r"\{([a-z_]{1,20})\}")
_MARKS = re.compile(r"([\\`*_\[\]<>])")


def _today(ticket, actor):
    return date_format(timezone.localdate(clock.now()), "DATE_FORMAT")


# name: (what people are told it is, what it stands for)
PLACEHOLDERS = {
    "requester": (gettext_lazy("Requester"), lambda ticket, actor: ticket.requester),
    "number": (gettext_lazy("Number"), lambda ticket, actor: ticket.number),
    "title": (gettext_lazy("Title"), lambda ticket, actor: ticket.title),
    "service": (gettext_lazy("Service"), lambda ticket, actor: ticket.service),
    "team": (gettext_lazy("Team"), lambda ticket, actor: ticket.team),
    "assignee": (gettext_lazy("Assignee"), lambda ticket, actor: ticket.assignee),
    "me": (gettext_lazy("Whoever sends it"), lambda ticket, actor: actor),
    "today": (gettext_lazy("Today's date"), _today),
}


def filled(text, ticket, actor) -> str:
    """`text` with every placeholder replaced, in the active language and time zone; what is unknown stays as typed.

    What people wrote into a ticket is only ever words here: no line, link, mention or placeholder comes out of it.
    """

    def value(match):
        known = PLACEHOLDERS.get(match[1])
        return _as_words(known[1](ticket, actor)) if known else match[0]

    return _PLACE.sub(value, text)


def check(field, text) -> None:
    """Raises InvalidInput on `field` for a placeholder that does not exist."""
    unknown = sorted({name for name in _PLACE.findall(text or "") if name not in PLACEHOLDERS})
    if unknown:
        words = {"names": ", ".join(f"{{{name}}}" for name in unknown)}
        raise InvalidInput({field: [_("There is no such placeholder: %(names)s.") % words]})


def _as_words(value) -> str:
    text = " ".join(str(value or "—").split())
    return _MARKS.sub(r"\\\1", text).replace("@", "@\u2060")
