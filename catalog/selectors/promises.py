"""How long it takes, by the agreement that would bind the request."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.templatetags.presentation import span_words
from sla import durations
from sla.services import simulating

KIND = "request"


class Promise(NamedTuple):
    """`seconds` of business time; `due_at` when it was asked for now and nobody had to agree first."""

    seconds: int
    words: str
    due_at: datetime | None
    agreement: str


def promise_of(item, organisation) -> Promise | None:
    """What is promised for an item to people of an organisation; None where no agreement says anything."""
    return promises_of([item], organisation).get(item.pk)


def promises_of(items, organisation) -> dict[int, Promise]:
    """{item id: promise}; items of one service and priority are looked up once."""
    known, promised = {}, {}
    for item in items:
        key = (item.service_id, item.priority)
        if key not in known:
            known[key] = _promise(item, organisation)
        if known[key] is not None:
            promised[item.pk] = known[key]
    return promised


def _promise(item, organisation) -> Promise | None:
    found = simulating.promised(
        "resolution", organisation=organisation, service=item.service, priority=item.priority, kind=KIND
    )
    if found is None:
        return None
    words = in_plain_words(found.seconds, found.calendar)
    return Promise(found.seconds, words, found.calendar.add(clock.now(), found.seconds), str(found.version.agreement))


def in_plain_words(seconds, calendar) -> str:
    """ "Usually within 3 working days": whole days where the calendar's days are of one length, else hours."""
    day = durations.ordinary_day(calendar)
    if day and seconds >= day and day < 86_400:
        days = -(-seconds // day)
        return ngettext("Usually within %(n)s working day", "Usually within %(n)s working days", days) % {"n": days}
    return _("Usually within %(span)s") % {"span": span_words(seconds)}
