"""Outages begin and end."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Outage, Service
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events

_WORDS = ("text_zh", "text_en")


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
def keep_outage(outage, *, actor, **values):
    """By hand: an outage nobody declared, new or to be changed. Publishes `service.outage_kept`.

    `values`: service, from_at, until_at (None while it lasts), is_full, text_zh, text_en. Raises NotAllowed, Refused
    (it follows a ticket), InvalidInput: in the future, ending before it began, a second one of the same time and kind.
    """
    _refuse_others(actor, outage)
    for name, value in values.items():
        setattr(outage, name, clean_text(value) if name in _WORDS else value)
    if not Service.objects.visible_to(actor).filter(pk=outage.service_id).exists():
        raise InvalidInput({"service": [_("Choose one of the listed values.")]})
    Service.objects.select_for_update().get(pk=outage.service_id)
    _refuse_nonsense(outage)
    outage.save()
    _publish("service.outage_kept", outage, actor)
    return outage


@transaction.atomic
def end_outage(outage, *, actor):
    """It works again, as of now. Raises NotAllowed, Refused (it follows a ticket, or it has ended)."""
    _refuse_others(actor, outage)
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    if outage.until_at is not None:
        raise Refused(_("This disturbance has ended already."))
    outage.until_at = max(clock.recorded_now(), outage.from_at)
    outage.save(update_fields=["until_at"])
    _publish("service.outage_kept", outage, actor)


@transaction.atomic
def discard_outage(outage, *, actor):
    """It never was: it no longer counts. Publishes `service.outage_discarded`. Raises NotAllowed, Refused."""
    _refuse_others(actor, outage)
    _publish("service.outage_discarded", outage, actor)
    outage.delete()


def _refuse_others(actor, outage):
    known = outage.pk is None or Outage.objects.visible_to(actor).filter(pk=outage.pk).exists()
    if not (rules.keeps_announcements(actor) and known):
        raise NotAllowed()
    if outage.cause:
        raise Refused(_("This disturbance follows %(number)s and changes with it.") % {"number": outage.cause})


def _refuse_nonsense(outage):
    now, problems = clock.recorded_now(), {}
    if outage.from_at > now:
        problems["from_at"] = [_("This lies in the future. Announce what is planned.")]
    if outage.until_at is not None and outage.until_at > now:
        problems["until_at"] = [_("This lies in the future. Leave it empty while the disturbance lasts.")]
    elif outage.until_at is not None and outage.until_at <= outage.from_at:
        problems["until_at"] = [_("It ends before it begins.")]
    if not problems and (other := _twin_of(outage, now)):
        at = date_format(timezone.localtime(other.from_at), "SHORT_DATETIME_FORMAT")
        problems["from_at"] = [_("One of this service and kind is there already, since %(at)s.") % {"at": at}]
    if problems:
        raise InvalidInput(problems)


def _twin_of(outage, now):
    """Another one by hand of this service and kind at the same time; those of tickets may overlap: it counts once."""
    same = Outage.objects.filter(service=outage.service_id, is_full=outage.is_full, cause="").exclude(pk=outage.pk)
    return same.during(outage.from_at, outage.until_at or now).first()


def _publish(name, outage, actor):
    events.publish(
        name, subject=outage.service, actor=actor, outage=outage.pk, is_full=outage.is_full,
        from_at=outage.from_at.isoformat(), until_at=outage.until_at and outage.until_at.isoformat(),
    )  # fmt: skip
