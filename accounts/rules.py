"""Roles and predicates about people. Pure: nothing beyond the person's own cached memberships."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    REQUESTER = "requester", pgettext_lazy("role", "Requester")
    AGENT = "agent", _("First-line agent")
    EXPERT = "expert", _("Second-line expert")
    MANAGER = "manager", _("Manager")
    CHANGE_MANAGER = "change_manager", _("Change manager")
    ADMINISTRATOR = "administrator", _("Administrator")


STAFF_ROLES = {Role.AGENT, Role.EXPERT, Role.MANAGER, Role.CHANGE_MANAGER, Role.ADMINISTRATOR}


def is_agent(user) -> bool:
    """Works tickets: first line, second line, or may do both."""
    return user.is_superuser or user.has_role(Role.AGENT, Role.EXPERT, Role.ADMINISTRATOR)


def is_manager(user) -> bool:
    return user.is_superuser or user.has_role(Role.MANAGER, Role.ADMINISTRATOR)


def keeps_rosters(user) -> bool:
    """Decides who is on call when."""
    return is_manager(user)


def keeps_skills(user) -> bool:
    """Says which skills there are, and what work asks for."""
    return is_manager(user)


def rates(user, person) -> bool:
    """Says what somebody can do: their manager, the leads of their teams, managers; nobody of themselves."""
    if user.pk == person.pk:
        return False
    return is_manager(user) or user.pk == person.manager_id or not person.team_ids.isdisjoint(user.led_team_ids)


def arranges_absence(user, person) -> bool:
    """Says who stands in for somebody: for oneself, for the people one manages, for anybody as administrator."""
    return user is None or user.pk in (person.pk, person.manager_id) or user.sees_everything


def exports_data(user, person) -> bool:
    """Gets a copy of everything about somebody: they themselves, and administrators, who answer for data protection."""
    return user.is_active and (user.pk == person.pk or user.sees_everything)


def is_administrator(user) -> bool:
    return user.sees_everything


def is_in_team(user, team_id) -> bool:
    return team_id is not None and team_id in user.team_ids
