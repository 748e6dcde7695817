"""How services stand for one person: what is out of order now, what is announced, how available each was."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from cmdb import rules
from cmdb.models import Announcement, Outage, Service
from core import clock
from incidents import selectors as incidents
from sla import selectors as sla
from tickets.models import Priority, Ticket

DAYS = (7, 30, 90)
SHOWN = 100
# Worst first: what a service is when several things are said of it.
OPERATIONAL, MAINTENANCE, DEGRADED, OUTAGE = "operational", "maintenance", "degraded", "outage"


@dataclass(frozen=True)
class Banner:
    """A declared major incident as people read it: the services they may see, the latest public words."""

    major: object
    services: list
    update: object


@dataclass(frozen=True)
class Standing:
    """One service: its state, and its availability in percent by each of DAYS (None where no hours are agreed)."""

    service: Service
    state: str
    availability: dict[int, float | None]


def banners_for(user) -> dict:
    """The context of `portal/_banners.html`."""
    majors = list(incidents.told_majors(user))
    latest = {}
    for update in incidents.public_updates(majors) if majors else ():
        latest.setdefault(update.major_id, update)
    banners = [Banner(major, list(major.services.all()), latest.get(major.pk)) for major in majors]
    return {"disturbances": banners, "announcements": announced_to(user)}


def announced_to(user) -> list:
    shown = Announcement.objects.visible_to(user).shown_at(clock.now())
    return list(shown.prefetch_related("services").order_by("-from_at", "-pk")[:5])


def standings_for(user) -> list[Standing]:
    """Every service in use that the person may see, in a fixed number of queries (and one for each agreed calendar)."""
    now = clock.now()
    services = list(Service.objects.visible_to(user).filter(is_active=True).order_by("position", "slug")[:SHOWN])
    outages = {}
    for outage in Outage.objects.filter(service__in=services).during(now - timedelta(days=max(DAYS)), now):
        outages.setdefault(outage.service_id, []).append(outage)
    grave, maintained = _gravely_reported(user, services), _maintained(user, now)
    hours = sla.service_hours(services, user.organisation_id)
    return [
        Standing(
            service,
            _state(outages.get(service.pk, ()), service.pk in grave, service.pk in maintained),
            {days: _percent(outages.get(service.pk, ()), now, days, hours.get(service.pk)) for days in DAYS},
        )
        for service in services
    ]


def _state(outages, is_gravely_reported, is_maintained):
    going_on = [outage for outage in outages if outage.until_at is None]
    if any(outage.is_full for outage in going_on) and not is_maintained:
        return OUTAGE
    if is_maintained:
        return MAINTENANCE
    return DEGRADED if going_on or is_gravely_reported else OPERATIONAL


def _percent(outages, now, days, calendar):
    """Rounded down to a hundredth: 99.999 is not "always"."""
    spans = [(outage.from_at, outage.until_at or now) for outage in outages if outage.is_full]
    count = calendar.elapsed if calendar else None
    share = rules.availability(spans, now - timedelta(days=days), now, seconds_between=count)
    return None if share is None else int(share * 10_000) / 100


def _gravely_reported(user, services):
    """Services with an open incident of the highest priority at the person's own customer, or those they serve."""
    theirs = Q(organisation=user.organisation_id)
    if user.is_staff_member:
        theirs |= Q(organisation__in=user.served_organisation_ids)
    found = Ticket.objects.open().filter(theirs, kind="incident", priority=Priority.P1, service__in=services)
    return set(found.values_list("service", flat=True).distinct())


def _maintained(user, now):
    work = Announcement.objects.visible_to(user).filter(work_from__lte=now, work_until__gt=now)
    return set(work.values_list("services", flat=True))


def past_updates(user, *, limit=30):
    """Public updates of major incidents on the person's services over the longest period, newest first."""
    since = clock.now() - timedelta(days=max(DAYS))
    return list(incidents.updates_told_to(user, since=since)[:limit])


def past_outages(user, *, limit=30):
    """Outages of the person's services over the longest period, newest first."""
    now = clock.now()
    found = Outage.objects.visible_to(user).during(now - timedelta(days=max(DAYS)), now)
    return list(found.select_related("service")[:limit])
