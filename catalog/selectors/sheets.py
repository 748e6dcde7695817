"""A service as its users read it: what we do, when, by which agreement, on what it depends; routes in words."""

from datetime import date

from accounts.models import User
from accounts.rules import Role
from catalog.models import RequestItem
from catalog.selectors.answers import said
from catalog.selectors.catalogue import offered_to
from catalog.selectors.promises import promises_of
from catalog.vocabulary import Who
from cmdb.models import Service
from cmdb.selectors import impact
from core.bilingual import in_reading_language
from sla.models import AgreementVersion, CalendarVersion
from sla.selectors.documents import hours_of
from sla.services import simulating
from tickets.vocabulary import ApprovalMode

FAULT_PRIORITY = 3


def service_sheet(service, user) -> dict:
    """The template context of a service's page."""
    items = list(offered_to(user).filter(service=service))
    organisation = user.organisation
    version = simulating.binding_version(
        organisation=organisation, service=service, priority=FAULT_PRIORITY, kind="incident"
    )
    return {
        "service": service,
        "description": in_reading_language(service.description_zh, service.description_en),
        "items": items,
        "promises": promises_of(items, organisation),
        "agreement": version,
        "sees_agreement": version is not None
        and AgreementVersion.objects.visible_to(user).filter(pk=version.pk).exists(),
        "hours": _hours(version),
        "needed": needed_services(service, user),
        "in_scope": [text for item in items for text in item.in_scope.splitlines() if text.strip()],
        "out_of_scope": [text for item in items for text in item.out_of_scope.splitlines() if text.strip()],
    }


def needed_services(service, user) -> list[Service]:
    """The services without which this one does not work, directly or through items between them."""
    needed = Service.objects.visible_to(user).filter(pk__in=impact.needs([service.pk]), is_active=True)
    return list(needed.exclude(pk=service.pk))


def _hours(version):
    """The working hours that the agreement counts by, each calendar once."""
    if version is None:
        return []
    calendars = version.targets.filter(kind="incident").values("calendar")
    current = CalendarVersion.objects.filter(calendar__in=calendars).order_by("calendar_id", "-number")
    return [hours_of(one, date.max) for one in current.distinct("calendar_id").select_related("calendar")]


def route_in_words(item: RequestItem) -> list[dict]:
    """The stages of approval as the requester reads them before sending: name, how, who."""
    logins = {one["value"] for stage in item.route for one in stage["who"] if one["kind"] == Who.PERSON}
    names = {user.username: user.display_name for user in User.objects.filter(username__in=logins)} if logins else {}
    return [
        {
            "name": said(stage["name"]),
            "mode": ApprovalMode(stage["mode"]).label,
            "percentage": stage.get("percentage"),
            "who": [_who(one, names) for one in stage["who"]],
        }
        for stage in item.route
    ]


def _who(one, names) -> str:
    if one["kind"] == Who.PERSON:
        return names.get(one["value"], one["value"])
    return str(Role(one["value"]).label if one["kind"] == Who.ROLE else Who(one["kind"]).label)
