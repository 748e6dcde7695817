"""Announcements are written, changed and taken back by managers."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Announcement
from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from events import services as events

_WORDS = ("title_zh", "title_en", "text_zh", "text_en")


@transaction.atomic
def announce(announcement, *, actor, services=(), **values):
    """Store an announcement, new or changed, and publish `announcement.kept`. Raises NotAllowed, InvalidInput."""
    _refuse_others(actor, announcement)
    for name, value in values.items():
        setattr(announcement, name, clean_text(value) if name in _WORDS else value)
    _refuse_nonsense(announcement)
    if not actor.sees_everything and not _is_theirs(actor, announcement):
        raise InvalidInput({"organisation": [_("You do not serve this organisation.")]})
    if announcement.pk is None:
        announcement.created_by = actor
    announcement.save()
    announcement.services.set(services)
    events.publish("announcement.kept", subject=announcement, actor=actor, title=announcement.title)
    return announcement


@transaction.atomic
def withdraw(announcement, *, actor):
    """Take an announcement back; publishes `announcement.withdrawn`."""
    _refuse_others(actor, announcement)
    events.publish("announcement.withdrawn", subject=announcement, actor=actor, title=announcement.title)
    announcement.delete()


def _refuse_others(actor, announcement):
    known = announcement.pk is None or Announcement.objects.visible_to(actor).filter(pk=announcement.pk).exists()
    if not (rules.keeps_announcements(actor) and known):
        raise NotAllowed()


def _is_theirs(actor, announcement):
    return announcement.organisation_id is None or announcement.organisation_id in actor.served_organisation_ids


def _refuse_nonsense(announcement):
    problems = {}
    if not (announcement.title_zh or announcement.title_en):
        problems["title_zh"] = [_("Give it a title in at least one language.")]
    if announcement.until_at <= announcement.from_at:
        problems["until_at"] = [_("It ends before it begins.")]
    begins, ends = announcement.work_from, announcement.work_until
    if (begins is None) != (ends is None) or (begins and ends <= begins):
        problems["work_until"] = [_("Say when the work begins and when it ends.")]
    if problems:
        raise InvalidInput(problems)
