"""Adding people, changing what they are, letting them go."""

from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors
from accounts.models import Role, User
from accounts.search_keys import folded, latin_form
from accounts.services import sessions, tokens
from accounts.services.teams import add_to_team
from accounts.services.writing import apply, checked, require_administrator
from core import clock
from core.errors import InvalidInput, Refused
from events.services import publish

# The ledger is never rewritten, so it learns that these changed, not what they say: somebody may have to be forgotten.
PERSONAL = ("name", "latin_name", "username", "email", "staff_number", "phone", "location")
OWN_FIELDS = ("name", "latin_name", "phone", "location", "language", "time_zone", "theme")
FIELDS = (
    *OWN_FIELDS, "username", "email", "staff_number", "title", "organisation", "department", "manager", "is_vip",
)  # fmt: skip


@transaction.atomic
def create_person(*, actor, username, name, password=None, roles=(), teams=(), **fields) -> User:
    """Add a person; without a password they set one by `invitation_link`.

    In order: checks every value (InvalidInput by field); fills the Latin name from pinyin when it is empty;
    saves; joins the teams; publishes `user.created` and one `user.added_to_team` each.
    """
    require_administrator(actor)
    user = User(username=folded(username).strip(), roles=_known(roles) or [Role.REQUESTER])
    apply(user, {"name": name, **fields}, FIELDS)
    user.latin_name = user.latin_name or latin_form(user.name)
    _check(user)
    user.set_password(password)
    user.save()
    publish("user.created", subject=user, actor=actor, is_public=False, roles=user.roles)
    for team in teams:
        add_to_team(team, user, actor=actor)
    return user


@transaction.atomic
def update_person(user, *, actor, **values) -> User:
    """Change what an administrator keeps about a person; publishes `user.updated` when anything differs."""
    require_administrator(actor)
    return _update(user, actor, values, FIELDS)


@transaction.atomic
def update_own_profile(user, **values) -> User:
    """Change what people keep about themselves: name, phone, place, language, time zone, theme."""
    return _update(user, user, values, OWN_FIELDS)


def _update(user, actor, values, allowed):
    user = locked(user)
    if "username" in values:
        values["username"] = folded(values["username"]).strip()
    changes = apply(user, values, allowed)
    if changes:
        _check(user)
        user.save(update_fields=list(changes))
        told = {name: [None, None] if name in PERSONAL else pair for name, pair in changes.items()}
        publish("user.updated", subject=user, actor=actor, is_public=False, changes=told)
    return user


@transaction.atomic
def set_roles(user, roles, *, actor) -> User:
    """Replace a person's roles; effective at their next request. Refused when the last administrator would go."""
    require_administrator(actor)
    user, roles = locked(user), _known(roles)
    if not roles:
        raise InvalidInput({"roles": [_("Choose at least one role.")]})
    before = user.roles
    if before == roles:
        return user
    if Role.ADMINISTRATOR not in roles and not user.is_superuser:
        _keep_an_administrator(user)
    user.roles = roles
    user.save(update_fields=["roles"])
    publish("user.roles_changed", subject=user, actor=actor, is_public=False, before=before, after=roles)
    return user


@transaction.atomic
def deactivate(user, *, actor) -> User:
    """Let a person go: ends their sessions, revokes their tokens, keeps their history and their teams' records.

    Every door asks again whether they are active, so a link or token that survived elsewhere opens nothing.
    """
    require_administrator(actor)
    user = locked(user)
    if not user.is_active:
        return user
    if actor is not None and actor.pk == user.pk:
        raise Refused(_("You cannot deactivate yourself."))
    _keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_all(user)
    now = clock.recorded_now()
    for token in user.api_tokens.filter(revoked_at=None):
        tokens.end(token, actor=actor, at=now)
    publish("user.deactivated", subject=user, actor=actor, is_public=False)
    return user


@transaction.atomic
def reactivate(user, *, actor) -> User:
    """Let a person in again. Tokens stay revoked."""
    require_administrator(actor)
    user = locked(user)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        publish("user.reactivated", subject=user, actor=actor, is_public=False)
    return user


def locked(user) -> User:
    """The person as they are now, locked until the transaction ends; what names them by key need not wait."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _known(roles):
    unknown = sorted(set(roles) - set(Role.values))
    if unknown:
        raise InvalidInput({"roles": [_("There is no role “%s”.") % unknown[0][:30]]})
    return [role for role in Role.values if role in roles]


def _keep_an_administrator(user):
    """Two administrators demoting each other at once would each see the other: the rows are locked in order."""
    list(
        User.objects.select_for_update(no_key=True)
        .filter(roles__contains=[Role.ADMINISTRATOR])
        .order_by("pk")
        .values("pk")
    )
    if selectors.is_last_administrator(user):
        raise Refused(_("This is the last administrator. Make somebody else an administrator first."))


def _check(user):
    if user.time_zone not in available_timezones():
        raise InvalidInput({"time_zone": [_("There is no time zone “%s”.") % user.time_zone[:50]]})
    if user.department is not None and user.department.organisation_id != user.organisation_id:
        raise InvalidInput({"department": [_("This department belongs to another organisation.")]})
    if user.pk is not None and user.manager_id == user.pk:
        raise InvalidInput({"manager": [_("Nobody is their own manager.")]})
    checked(user, exclude=["password", "groups", "user_permissions"])
