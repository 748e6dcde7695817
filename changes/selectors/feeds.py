"""The calendar of one person as an iCalendar file (RFC 5545)."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.selectors import digest_of
from accounts.selectors.coverage import duties_of
from changes.models import CalendarFeed, Change, Freeze
from core import clock

# What a calendar program is given: the past month and a year ahead, the nearest first where that is too much.
BACK, AHEAD = timedelta(days=31), timedelta(days=366)
MOST = 1000
# Shifts and calls further ahead than this are planned anew before they come.
DUTY_AHEAD = timedelta(days=62)
_STATUS = {"cancelled": "CANCELLED", "draft": "TENTATIVE", "assessing": "TENTATIVE", "awaiting_approval": "TENTATIVE"}


def feed_called(secret) -> CalendarFeed | None:
    """The feed of a secret that is not revoked and whose owner still works here."""
    feed = CalendarFeed.objects.select_related("user").filter(digest=digest_of(secret), revoked_at=None).first()
    return feed if feed and feed.user.is_active and feed.user.is_staff_member else None


def written(feed) -> bytes:
    """The file: what its owner may see at this moment. Equal content is equal bytes."""
    file = Calendar()
    file.add("prodid", "-//ITSM//Change calendar//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _("Changes"))
    file.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    now = clock.now()
    for change in _changes(feed, now):
        file.add_component(_of_change(change))
    if feed.content == CalendarFeed.Content.ALL:
        for freeze in Freeze.objects.visible_to(feed.user).during(now - BACK, now + AHEAD)[:MOST]:
            file.add_component(_of_freeze(freeze))
    if feed.content == CalendarFeed.Content.MINE:
        for duty in duties_of(feed.user, now - BACK, now + DUTY_AHEAD)[:MOST]:
            file.add_component(_of_duty(*duty))
    return file.to_ical()


def etag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _changes(feed, now):
    rows = Change.objects.visible_to(feed.user).planned_between(now - BACK, now + AHEAD)
    if feed.content == CalendarFeed.Content.MINE:
        rows = rows.filter(Q(implementer=feed.user) | Q(assignee=feed.user))
    elif feed.content == CalendarFeed.Content.TEAMS:
        rows = rows.filter(team__in=feed.user.team_ids)
    return rows.select_related("team", "service").order_by("planned_start", "pk")[:MOST]


def _of_change(change):
    entry = Event()
    entry.add("uid", f"{change.number}@{settings.SITE_URL.partition('://')[2]}")
    entry.add("dtstamp", change.last_activity_at)
    entry.add("sequence", change.version)
    entry.add("dtstart", change.planned_start)
    entry.add("dtend", change.planned_end)
    entry.add("summary", f"{change.number} {change.title}")
    entry.add("status", _STATUS.get(change.state, "CONFIRMED"))
    lines = [f"{_('State')}: {change.state_info.label}"]
    lines += [f"{_('Service')}: {change.service.name}"] if change.service else []
    lines += [f"{_('Team')}: {change.team.name}"] if change.team else []
    entry.add("description", "\n".join(lines))
    entry.add("url", settings.SITE_URL + reverse("changes:change", args=[change.number]))
    return entry


def _of_duty(key, name, begin, finish):
    entry = Event()
    entry.add("uid", f"{key}-{begin:%Y%m%dT%H%M}@{settings.SITE_URL.partition('://')[2]}")
    entry.add("dtstamp", begin)
    entry.add("dtstart", begin)
    entry.add("dtend", finish)
    entry.add("summary", name)
    return entry


def _of_freeze(freeze):
    entry = Event()
    entry.add("uid", f"freeze-{freeze.pk}@{settings.SITE_URL.partition('://')[2]}")
    entry.add("dtstamp", freeze.from_at)
    entry.add("dtstart", freeze.from_at)
    entry.add("dtend", freeze.until_at)
    entry.add("summary", f"{_('Freeze')}: {freeze.name}")
    entry.add("description", freeze.reason)
    entry.add("transp", "TRANSPARENT")
    return entry
