"""Who does what for which service, and what nobody does."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import Team
from cmdb.models import Activity, ConfigurationItem, Letter, Responsibility, Service

PAGE = 50


@dataclass(frozen=True)
class Row:
    """An activity with {letter: its responsibilities}. What is void does not count: that team or person is gone."""

    activity: Activity
    cells: list[tuple[Letter, list[Responsibility]]]

    @property
    def lacks(self) -> list[Letter]:
        """The letters that an activity cannot be without: exactly one accountable, somebody responsible."""
        held = {letter for letter, found in self.cells if any(not one.is_void for one in found)}
        return [letter for letter in (Letter.ACCOUNTABLE, Letter.RESPONSIBLE) if letter not in held]


def matrix_of(service) -> list[Row]:
    """Every activity of a service, in one query."""
    return _rows(service.responsibilities.select_related("team", "person"))


def overview(user, after="") -> tuple[list[tuple[Service, list[Row]]], str]:
    """A page of services in use, by short name, each with its matrix; and where the next page begins."""
    services = Service.objects.visible_to(user).filter(is_active=True, slug__gt=after).order_by("slug")
    found = list(services.select_related("support_team", "owner")[: PAGE + 1])
    by_service = defaultdict(list)
    held = Responsibility.objects.filter(service__in=found[:PAGE]).select_related("team", "person")
    for one in held:
        by_service[one.service_id].append(one)
    rows = [(service, _rows(by_service[service.pk])) for service in found[:PAGE]]
    return rows, found[PAGE - 1].slug if len(found) > PAGE else ""


def without_a_team(user):
    """Services and items in use whose support team takes no tickets or has nobody: they fall to nobody."""
    living = Team.objects.active().annotate(n=Count("members", filter=Q(members__is_active=True))).filter(n__gt=0)
    rows = ConfigurationItem.objects.visible_to(user).in_use().exclude(support_team=None)
    return rows.exclude(support_team__in=living.values("pk")).select_related("support_team", "item_class")


def held_for(service, activity) -> dict[str, list[Responsibility]]:
    """{letter: who is there} of one activity of a service; those who are gone are left out."""
    found = {letter.value: [] for letter in Letter}
    held = service.responsibilities.filter(activity=activity).select_related("team__lead", "person")
    for one in held.order_by("pk"):
        if not one.is_void:
            found[one.letter].append(one)
    return found


def people_of(responsibilities) -> list:
    """Whom to reach: the persons themselves, of teams the lead."""
    found = [one.person or one.team.lead for one in responsibilities]
    return list(dict.fromkeys(person for person in found if person is not None and person.is_active))


def _rows(responsibilities):
    cells = defaultdict(list)
    for one in responsibilities:
        cells[one.activity, one.letter].append(one)
    return [Row(activity, [(letter, cells[activity, letter]) for letter in Letter]) for activity in Activity]
