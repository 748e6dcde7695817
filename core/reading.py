"""Writing for somebody who is not at the other end of the request: mails, answers from mails, reports."""

from contextlib import contextmanager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone, translation


@contextmanager
def reading_as(user):
    """Inside the block, texts and times are in `user`'s language and time zone (the house's, if unknown here)."""
    with translation.override(user.language), timezone.override(zone_called(user.time_zone)):
        yield


def zone_called(name):
    """The IANA zone `name`; the house's where this machine's time zone data do not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
