"""What a team answers for: services and items whose support team it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb.services.keeping import edit_item
from core.errors import Refused


@transaction.atomic
def answer_for(team, items, *, actor) -> None:
    """From now on `team` supports these items, whoever did before; publishes `item.edited` for each that changes.

    Raises NotAllowed, Refused (the team takes no tickets).
    """
    if not team.is_active:
        raise Refused(_("%(name)s is deactivated.") % {"name": team})
    for item in sorted(items, key=lambda one: one.pk):
        edit_item(item, actor=actor, support_team=team)


@transaction.atomic
def answer_no_more_for(team, item, *, actor) -> None:
    """No team supports the item any more; nothing where another does by now. Publishes `item.edited`.

    Raises NotAllowed.
    """
    item = type(item).objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    if item.support_team_id == team.pk:
        edit_item(item, actor=actor, support_team=None)
