"""Teams: who is in them, who leads them, whom they report to, whom they serve."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Team
from accounts.services.writing import apply, checked, require_administrator
from core.errors import InvalidInput, Refused
from events.services import publish

FIELDS = (
    "slug", "name_zh", "name_en", "line", "specialism", "lead", "parent", "assignment", "responsibilities", "email",
    "around_the_clock", "is_active",
)  # fmt: skip


@transaction.atomic
def create_team(*, actor, slug, members=(), serves=(), **fields) -> Team:
    """Add a team with its members and the organisations it serves; publishes `team.created`."""
    require_administrator(actor)
    team = Team()
    apply(team, {"slug": slug, **fields}, FIELDS)
    _check_lead(team)
    checked(team).save()
    team.serves.set(serves)
    publish("team.created", subject=team, actor=actor, is_public=False, slug=team.slug)
    for user in members:
        add_to_team(team, user, actor=actor)
    return team


@transaction.atomic
def update_team(team, *, actor, serves=None, **values) -> Team:
    """Change a team; `serves` replaces the organisations it serves. Publishes `team.updated` with the differences."""
    require_administrator(actor)
    team = _locked(team)
    changes = apply(team, values, FIELDS)
    if "lead" in changes:
        _check_lead(team)
    if "parent" in changes:
        _check_line_of_reports(team)
    checked(team).save()
    if serves is not None:
        before, after = sorted(team.serves.values_list("pk", flat=True)), sorted(o.pk for o in serves)
        if before != after:
            team.serves.set(serves)
            changes["serves"] = [before, after]
    if changes:
        publish("team.updated", subject=team, actor=actor, is_public=False, changes=changes)
    return team


@transaction.atomic
def set_lead(team, user, *, actor) -> Team:
    """Make `user` (or nobody: None) the lead, the first to hear of an escalation."""
    return update_team(team, actor=actor, lead=user)


@transaction.atomic
def add_to_team(team, user, *, actor):
    """Join a person to a team; twice is once. Refused for somebody deactivated."""
    require_administrator(actor)
    if not user.is_active:
        raise Refused(_("%s is deactivated.") % user)
    if Membership.objects.get_or_create(team=team, user=user)[1]:
        publish("user.added_to_team", subject=user, actor=actor, is_public=False, team=team.pk, slug=team.slug)


@transaction.atomic
def remove_from_team(team, user, *, actor):
    """Take a person out of a team. Their open tickets stay theirs until somebody dispatches them."""
    require_administrator(actor)
    gone, _by_model = Membership.objects.filter(team=team, user=user).delete()
    if gone:
        publish("user.removed_from_team", subject=user, actor=actor, is_public=False, team=team.pk, slug=team.slug)


def _locked(team):
    return Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)


def _check_lead(team):
    if team.lead is not None and not (team.lead.is_active and team.lead.is_staff_member):
        raise InvalidInput({"lead": [_("A lead is active and works at the desk.")]})


def _check_line_of_reports(team):
    """A ring of teams would send escalations round and round."""
    above, seen = team.parent, {team.pk}
    while above is not None:
        if above.pk in seen:
            raise InvalidInput({"parent": [_("These teams would report to each other in a ring.")]})
        seen.add(above.pk)
        above = above.parent
