"""Outages begin and end."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Outage, Service
from core.errors import InvalidInput, NotAllowed
from events import services as events


@transaction.atomic
def open_outage(service, *, cause, from_at, is_full=True):
    """The service is down (or degraded) because of ticket `cause`, since `from_at` or its last outage of that cause.

    One that is open already is only told anew how grave it is.
    """
    last = Outage.objects.select_for_update().filter(service=service, cause=cause).first()
    if last is None or last.until_at is not None:
        begins = max(from_at, last.until_at) if last else from_at
        return Outage.objects.create(service=service, cause=cause, from_at=begins, is_full=is_full)
    last.is_full = is_full
    last.save(update_fields=["is_full"])
    return last


@transaction.atomic
def close_outages(cause, *, at, but=()):
    """The open outages of ticket `cause` end at `at`, never before they began; those of the services `but` go on."""
    for outage in Outage.objects.select_for_update().filter(cause=cause, until_at=None).exclude(service__in=but):
        outage.until_at = max(at, outage.from_at)
        outage.save(update_fields=["until_at"])


@transaction.atomic
def enter_outage(service, *, actor, from_at, until_at=None, is_full=True, cause=""):
    """By hand: an outage nobody declared. Publishes `service.outage_entered`. Raises NotAllowed, InvalidInput."""
    if not rules.keeps_announcements(actor):
        raise NotAllowed()
    if until_at is not None and until_at < from_at:
        raise InvalidInput({"until_at": [_("It ends before it begins.")]})
    Service.objects.select_for_update().get(pk=service.pk)
    outage = Outage.objects.create(service=service, from_at=from_at, until_at=until_at, is_full=is_full, cause=cause)
    events.publish("service.outage_entered", subject=service, actor=actor, outage=outage.pk, is_full=is_full)
    return outage
