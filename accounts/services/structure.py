"""Organisations and departments."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Department, Organisation
from accounts.services.writing import apply, checked, require_administrator
from core.errors import InvalidInput
from events.services import publish

ORGANISATION_FIELDS = ("slug", "name_zh", "name_en", "kind", "is_active")
DEPARTMENT_FIELDS = ("organisation", "slug", "name_zh", "name_en", "parent", "head")


@transaction.atomic
def save_organisation(organisation=None, *, actor, **values) -> Organisation:
    """Add (None) or change an organisation; publishes `organisation.created` or `organisation.updated`."""
    return _save(organisation or Organisation(), actor, values, ORGANISATION_FIELDS)


@transaction.atomic
def save_department(department=None, *, actor, **values) -> Department:
    """Add (None) or change a department; publishes `department.created` or `department.updated`."""
    return _save(department or Department(), actor, values, DEPARTMENT_FIELDS, _check_place)


def _save(record, actor, values, fields, check=None):
    require_administrator(actor)
    is_new = record.pk is None
    if not is_new:
        record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    changes = apply(record, values, fields)
    if check is not None:
        check(record)
    if changes or is_new:
        checked(record).save()
        name = f"{record.ledger_kind}.{'created' if is_new else 'updated'}"
        publish(name, subject=record, actor=actor, is_public=False, changes=changes)
    return record


def _check_place(department):
    above, seen = department.parent, {department.pk}
    while above is not None:
        if above.organisation_id != department.organisation_id:
            raise InvalidInput({"parent": [_("This department belongs to another organisation.")]})
        if above.pk in seen:
            raise InvalidInput({"parent": [_("A department cannot lie inside itself.")]})
        seen.add(above.pk)
        above = above.parent
