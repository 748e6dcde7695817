"""Addresses for calendar programs: made, read and revoked by the person they belong to."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.selectors import digest_of
from changes.models import CalendarFeed
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events import services as events

LIVE_AT_MOST = 10
_TOUCH_EVERY = timedelta(minutes=1)


@transaction.atomic
def open_feed(*, actor, content) -> tuple[CalendarFeed, str]:
    """(feed, secret): a new address of `actor`. The secret can never be read again; publishes `user.feed_opened`.

    Raises NotAllowed, InvalidInput, Refused (too many).
    """
    if not (actor.is_active and actor.is_staff_member):
        raise NotAllowed()
    if content not in CalendarFeed.Content.values:
        raise InvalidInput({"content": [_("Choose one of the listed values.")]})
    if actor.calendar_feeds.filter(revoked_at=None).count() >= LIVE_AT_MOST:
        raise Refused(_("You have very many calendar addresses. Revoke one you no longer need."))
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        user=actor, content=content, digest=digest_of(secret), created_at=clock.recorded_now()
    )
    events.publish("user.feed_opened", subject=actor, actor=actor, is_public=False, feed=feed.pk, content=content)
    return feed, secret


@transaction.atomic
def revoke_feed(feed, *, actor):
    """End an address at once; twice is once. Owners end their own, administrators anybody's."""
    if actor.pk != feed.user_id and not actor.sees_everything:
        raise NotAllowed()
    feed = CalendarFeed.objects.select_for_update(of=("self",)).select_related("user").get(pk=feed.pk)
    if feed.revoked_at is None:
        feed.revoked_at = clock.recorded_now()
        feed.save(update_fields=["revoked_at"])
        events.publish("user.feed_revoked", subject=feed.user, actor=actor, is_public=False, feed=feed.pk)
    return feed


def touch_feed(feed):
    """Note that a feed was read, at most once a minute."""
    now = clock.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _TOUCH_EVERY)
    CalendarFeed.objects.filter(stale, pk=feed.pk).update(last_used_at=now)
