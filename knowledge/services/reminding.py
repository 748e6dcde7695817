"""Reading paths in time: said once when one is due soon and once when it is late; a certificate that ends, and the path
that renews it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import TOLD_DAYS_AHEAD
from accounts.selectors.skills import leads_of
from core import clock
from events import services as events
from knowledge.models import Certificate, Enrolment
from knowledge.services.learning import give_path, settle_one
from knowledge.vocabulary import Told

DUE_SOON = timedelta(days=3)
AT_A_TIME = 200


def remind() -> int:
    """Publish `path.due_soon`, `path.late`, `path.certificate_ending` and `path.certificate_over`, each once for every
    reader; returns how many. Runs anywhere, twice."""
    today = timezone.localdate(clock.now())
    paths = Enrolment.objects.awaited().filter(path__is_active=True)
    # Whoever was given a path a moment ago knows when it is due.
    known = paths.filter(given_at__lt=clock.now() - timedelta(days=1))
    certificates = Certificate.objects.filter(enrolment__user__is_active=True)
    ahead = today + timedelta(days=TOLD_DAYS_AHEAD)
    return (
        _each(_remind, paths.filter(due_on__lt=today, told__lt=Told.OVER), today)
        + _each(_remind, known.filter(due_on__range=(today, today + DUE_SOON), told=Told.NOTHING), today)
        + _each(_end, certificates.filter(valid_until__lt=today, told__lt=Told.OVER), today)
        + _each(_end, certificates.filter(valid_until__range=(today, ahead), told=Told.NOTHING), today)
    )


def _each(tell, rows, today):
    return sum(tell(pk, today) for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]))


@transaction.atomic
def _remind(pk, today) -> bool:
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("path", "user")
    enrolment = rows.get(pk=pk)
    stage = Told.OVER if enrolment.due_on < today else Told.SOON
    if enrolment.told >= stage or settle_one(enrolment):
        return False
    enrolment.told = stage
    enrolment.save(update_fields=["told"])
    _publish("late" if stage == Told.OVER else "due_soon", enrolment, due_on=enrolment.due_on)
    return True


@transaction.atomic
def _end(pk, today) -> bool:
    """Say that a certificate ends, or has ended, and give the path again; silent where it was renewed meanwhile."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("enrolment__path", "enrolment__user")
    certificate = rows.get(pk=pk)
    stage = Told.OVER if certificate.valid_until < today else Told.SOON
    if certificate.told >= stage:
        return False
    certificate.told = stage
    certificate.save(update_fields=["told"])
    enrolment, until = certificate.enrolment, certificate.valid_until
    later = Certificate.objects.filter(enrolment__path=enrolment.path_id, enrolment__user=enrolment.user_id)
    if later.filter(Q(valid_until=None) | Q(valid_until__gt=until)).exists():
        return False
    _publish("certificate_over" if stage == Told.OVER else "certificate_ending", enrolment, valid_until=until)
    if _renews(enrolment.path, enrolment.user):
        give_path(enrolment.path, enrolment.user, actor=None, due_on=until if until > today else None)
    return True


def _renews(path, person) -> bool:
    """A path in use whose certificates end, for whoever it is still meant for."""
    is_meant = path.team_id in person.team_ids or path.role in person.roles or not (path.team_id or path.role)
    return path.is_active and bool(path.valid_months) and is_meant


def _publish(name, enrolment, **days):
    events.publish(
        f"path.{name}", subject=enrolment.path, actor=None, is_public=False, enrolment=enrolment.pk,
        person=enrolment.user_id, told=[enrolment.user_id, *(lead.pk for lead in leads_of(enrolment.user))],
        **{key: day.isoformat() for key, day in days.items()},
    )  # fmt: skip
