"""On-call rosters: the rotation, who is in it, and who takes over when."""

from datetime import date
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Roster, RosterMember, RosterOverride
from accounts.services.writing import apply, checked
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events.services import publish

FIELDS = (
    "name_zh",
    "name_en",
    "team",
    "zone",
    "starts_on",
    "turn_days",
    "handover_at",
    "fallback",
    "is_active",
)
LONGEST_TURN = 366


@transaction.atomic
def save_roster(roster, *, actor, **fields) -> Roster:
    """Add (roster=None) or change a roster; publishes `roster.created`, or `roster.updated` with the differences.

    Raises NotAllowed, InvalidInput.
    """
    _require_keeper(actor)
    is_new = roster is None
    roster = Roster() if is_new else _locked(roster)
    changes = apply(roster, fields, FIELDS)
    _check_turns(roster)
    _check_person(roster.fallback, "fallback")
    checked(roster).save()
    if is_new:
        publish("roster.created", subject=roster, actor=actor, is_public=False, team=roster.team_id)
    elif changes:
        publish("roster.updated", subject=roster, actor=actor, is_public=False, changes=changes)
    return roster


@transaction.atomic
def join_roster(roster, user, *, actor):
    """Put a person at the end of the rotation; twice is once. Raises NotAllowed, InvalidInput."""
    _require_keeper(actor)
    roster = _locked(roster)
    _check_person(user, "person")
    last = roster.members.aggregate(last=Max("position"))["last"] or 0
    if RosterMember.objects.get_or_create(roster=roster, user=user, defaults={"position": last + 1})[1]:
        _tell_members(roster, actor)


@transaction.atomic
def leave_roster(roster, user, *, actor):
    """Take a person out of the rotation. Overrides with their name stay: those were arranged one by one."""
    _require_keeper(actor)
    roster = _locked(roster)
    if roster.members.filter(user=user).delete()[0]:
        _tell_members(roster, actor)


@transaction.atomic
def move_in_roster(roster, user, *, by, actor):
    """Move a person `by` places (-1 is one earlier) in the rotation; at either end nothing moves."""
    _require_keeper(actor)
    roster = _locked(roster)
    members = list(roster.members.order_by("position", "pk"))
    here = next((place for place, member in enumerate(members) if member.user_id == user.pk), None)
    if here is None or not 0 <= here + by < len(members):
        return
    members.insert(here + by, members.pop(here))
    for place, member in enumerate(members, start=1):
        member.position = place
    RosterMember.objects.bulk_update(members, ["position"])
    _tell_members(roster, actor)


@transaction.atomic
def take_over(roster, user, *, start_at, end_at, actor, reason="") -> RosterOverride:
    """`user` (None: nobody) is on call in [start_at, end_at) instead of the rotation; the latest entry wins.

    People of the roster and its team take over for themselves, those who keep rosters arrange it for anybody.
    Publishes `roster.taken_over`. Raises NotAllowed, InvalidInput.
    """
    may_arrange = actor is None or rules.keeps_rosters(actor)
    if not may_arrange and (user != actor or not takes_over(actor, roster)):
        raise NotAllowed()
    if user is not None:
        _check_person(user, "person")
    if end_at <= start_at:
        raise InvalidInput({"end_at": [_("The end lies after the start.")]})
    if end_at <= clock.now():
        raise InvalidInput({"end_at": [_("This lies in the past.")]})
    override = RosterOverride(
        roster=roster, user=user, start_at=start_at, end_at=end_at, reason=clean_text(reason), created_by=actor
    )
    checked(override).save()
    _tell_override("roster.taken_over", override, actor)
    return override


@transaction.atomic
def give_back(override, *, actor):
    """End an override: one ahead is removed, one that began ends now. Publishes `roster.given_back`.

    Whoever may arrange it, entered it or is named in it may do so. Raises NotAllowed, Refused (over already).
    """
    override = RosterOverride.objects.select_for_update(of=("self",)).select_related("roster").get(pk=override.pk)
    if not may_give_back(actor, override):
        raise NotAllowed()
    now = clock.recorded_now()
    if override.end_at <= now:
        raise Refused(_("This is over already."))
    _tell_override("roster.given_back", override, actor)
    if override.start_at < now:
        override.end_at = now
        override.save(update_fields=["end_at"])
    else:
        override.delete()


def takes_over(user, roster) -> bool:
    """May be on call here at their own word: somebody of the rotation or of its team, or who keeps rosters."""
    if not user.is_staff_member:
        return False
    is_of_team = rules.is_in_team(user, roster.team_id) or roster.members.filter(user=user).exists()
    return is_of_team or rules.keeps_rosters(user)


def may_give_back(user, override) -> bool:
    return rules.keeps_rosters(user) or user.pk in (override.user_id, override.created_by_id)


def _require_keeper(actor):
    if actor is not None and not (actor.is_active and rules.keeps_rosters(actor)):
        raise NotAllowed()


def _locked(roster):
    return Roster.objects.select_for_update(of=("self",)).select_related("team").get(pk=roster.pk)


def _check_turns(roster):
    problems = {}
    if roster.zone not in available_timezones():
        problems["zone"] = [_("There is no such time zone.")]
    if not roster.turn_days or not 1 <= roster.turn_days <= LONGEST_TURN:
        problems["turn_days"] = [_("A turn lasts 1 to %(days)s days.") % {"days": LONGEST_TURN}]
    if not roster.starts_on or not date(2000, 1, 1) <= roster.starts_on < date(2100, 1, 1):
        problems["starts_on"] = [_("Give a day of this century.")]
    if problems:
        raise InvalidInput(problems)


def _check_person(user, field):
    """Whoever is called must be able to read the ticket and act."""
    if user is not None and not (user.is_active and user.is_staff_member):
        raise InvalidInput({field: [_("Only active people of the desk can be on call.")]})


def _tell_members(roster, actor):
    members = list(roster.members.order_by("position", "pk").values_list("user_id", flat=True))
    publish("roster.members_changed", subject=roster, actor=actor, is_public=False, members=members)


def _tell_override(name, override, actor):
    publish(
        name, subject=override.roster, actor=actor, is_public=False,
        user=override.user_id, start_at=override.start_at, end_at=override.end_at, reason=override.reason,
    )  # fmt: skip
