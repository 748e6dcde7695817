"""Collisions are found, kept up with what changes, and accepted."""

from itertools import combinations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from changes import rules
from changes.models import Change, Collision, CollisionCheck
from changes.selectors import collisions
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets.services import door

# Events of changes that these commands publish themselves.
_OWN = ("change.collided", "change.collision_over", "change.collision_accepted")
# One check at a time writes collisions, one change at a time enters the calendar. Two locks: a check waits for changes
# that are being written, so that nobody who writes one may wait for a check. The numbers are used nowhere else.
_CHECKING, _ENTERING = 706_283, 706_284


def look_again(event):
    """A change, its dates or its items may be others: compare it at the next sweep."""
    if event.name not in _OWN and event.subject.kind == Change.workflow.kind:
        CollisionCheck.objects.create(change_id=event.subject.pk)


def look_at_everything_again(event):
    """The graph is another: compare all changes at the next sweep."""
    CollisionCheck.objects.create(change=None)


@transaction.atomic
def check_asked() -> int:
    """Do every check that was asked for until now; returns how many were. Many about the same are one.

    What is asked for meanwhile waits for the next sweep.
    """
    asked = dict(CollisionCheck.objects.select_for_update(skip_locked=True).values_list("pk", "change_id"))
    if asked:
        check(None if None in asked.values() else set(asked.values()))
        CollisionCheck.objects.filter(pk__in=asked).delete()
    return len(asked)


@transaction.atomic
def check(about=None):
    """Compare the changes `about` (keys; None: all) with those in work near them, and write what differs.

    Publishes `change.collided` on both where a collision is new, is back, or comes about in another way than was
    accepted, and `change.collision_over` where one is gone.
    """
    _one_at_a_time(_CHECKING)
    now = clock.recorded_now()
    plans = collisions.plans_between(now - collisions.margin(), now=now)
    if about is not None:
        own = [plan for plan in plans if plan.key in about]
        plans = [one for one in plans if one in own or any(one.overlaps(plan, collisions.margin()) for plan in own)]
    found = _by_pair(collisions.meetings_among(plans))
    known = {(one.first_id, one.second_id): one for one in _stored(about, plans).select_related("first", "second")}
    for pair, one in known.items():
        if pair not in found and one.is_standing and _is_about(pair, about):
            _end(one, now)
    for pair, evidence in found.items():
        one = known.get(pair)
        # What only stands beside is compared when it is asked about: its other neighbours were not read.
        if one is None or not one.is_standing or (_is_about(pair, about) and one.evidence != evidence):
            _begin(one or Collision(first_id=pair[0], second_id=pair[1]), evidence, now)


def enter_calendar():
    """Wait until who is about to be scheduled is: of two changes that collide, the second one sees the first."""
    _one_at_a_time(_ENTERING)


@transaction.atomic
def accept(collision, *, actor, reason):
    """Both changes may be in work at once all the same; publishes `change.collision_accepted` on both.

    Raises NotAllowed, Refused (it is accepted or gone), InvalidInput (no reason).
    """
    collision = Collision.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=collision.pk)
    if not all(rules.manages_changes(actor, change) for change in (collision.first, collision.second)):
        raise NotAllowed()
    if collision.state != Collision.State.OPEN:
        raise Refused(_("This collision is accepted already, or there is none any more."))
    reason = clean_text(reason)
    if not reason or len(reason) > 500:
        raise InvalidInput({"reason": [_("Say in at most 500 characters why both may be done at once.")]})
    collision.state, collision.reason = Collision.State.ACCEPTED, reason
    collision.accepted_by, collision.accepted_at = actor, clock.recorded_now()
    collision.save()
    _tell(collision, "change.collision_accepted", actor=actor, reason=reason)
    return collision


def _one_at_a_time(lock):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def _by_pair(meetings) -> dict[tuple, dict]:
    """Evidence by pair; two changes that meet without a third come first."""
    found = {}
    for meeting in sorted(meetings, key=lambda one: len(one.keys)):
        for pair in combinations(meeting.keys, 2):
            found.setdefault(pair, meeting.evidence())
    return found


def _stored(about, plans):
    if about is None:
        return Collision.objects.all()
    near = [plan.key for plan in plans]
    return Collision.objects.of(about) | Collision.objects.filter(first__in=near, second__in=near)


def _is_about(pair, about):
    return about is None or not about.isdisjoint(pair)


def _begin(collision, evidence, now):
    """It is there, or it is another than it was: what was accepted is not this."""
    collision.state, collision.evidence = Collision.State.OPEN, evidence
    collision.found_at, collision.gone_at = now, None
    collision.accepted_by, collision.accepted_at, collision.reason = None, None, ""
    collision.save()
    _tell(collision, "change.collided", is_news=True, item=evidence["item"])


def _end(collision, now):
    collision.state, collision.gone_at = Collision.State.GONE, now
    collision.save(update_fields=["state", "gone_at"])
    _tell(collision, "change.collision_over")


def _tell(collision, name, *, actor=None, is_news=False, **data):
    """Publish on both changes; news reaches who wrote, looks after and carries out each."""
    for change, other in ((collision.first, collision.second), (collision.second, collision.first)):
        people = {change.requester_id, change.assignee_id, change.implementer_id} - {None}
        told = {"told": sorted(people)} if is_news else {}
        door.note(change, name, actor=actor, other=other.number, **told, **data)
