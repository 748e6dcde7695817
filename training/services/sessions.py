"""Sessions of a course: called, moved, held, cancelled. Everybody enrolled hears of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services.writing import apply, checked
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events.services import publish
from training import rules
from training.models import Session
from training.services.enrolling import fill_seats, locked
from training.vocabulary import Seat
from training.workflow import CANCELLED, HELD, PLANNED

FIELDS = ("starts_at", "ends_at", "place", "seats", "trainer", "outside_trainer")
_TOLD = {"starts_at", "ends_at", "place"}


@transaction.atomic
def keep_session(session, *, actor, course=None, **values) -> Session:
    """Call a session of a course (None) or change one that is to come; more seats take people off the waiting list.

    Publishes `training-session.called`, or `.moved` when time or place differ, else `.kept`. Raises NotAllowed,
    InvalidInput (it ends before it begins, more people have a seat), Refused (it was held or cancelled).
    """
    is_new = session is None
    session = Session(course=course) if is_new else locked(session)
    if actor is not None and not (rules.keeps_courses(actor) if is_new else rules.runs_session(actor, session)):
        raise NotAllowed()
    if session.state != PLANNED.key:
        raise Refused(_("This session is over: nothing of it can be changed."))
    changes = apply(session, values, FIELDS)
    if session.ends_at <= session.starts_at:
        raise InvalidInput({"ends_at": [_("It ends before it begins.")]})
    if not is_new and session.enrolments.filter(seat=Seat.SEATED).count() > session.seats:
        raise InvalidInput({"seats": [_("More people than that have a seat already.")]})
    checked(session).save()
    verb = "called" if is_new else "moved" if _TOLD & set(changes) else "kept"
    _tell(session, verb, actor, told=[] if verb == "kept" else None, changes=changes)
    fill_seats(session)
    return session


@transaction.atomic
def cancel_session(session, *, actor, reason) -> Session:
    """It will not be held; who was enrolled hears why and stands in the plan as before. Raises NotAllowed, Refused,
    InvalidInput (no reason)."""
    session = locked(session)
    session.workflow.check("cancel", actor, session, {"reason": reason})
    session.state, session.reason = CANCELLED.key, clean_text(reason)
    session.save(update_fields=["state", "reason"])
    session.enrolments.update(item=None)
    _tell(session, "cancelled", actor, reason=session.reason)
    return session


@transaction.atomic
def hold_session(session, *, actor, attended) -> Session:
    """It was held: of those with a seat, `attended` (people) were there. Raises NotAllowed, Refused (not begun)."""
    session = locked(session)
    session.workflow.check("hold", actor, session, {})
    here = {person.pk for person in attended}
    seated = session.enrolments.filter(seat=Seat.SEATED)
    if here - set(seated.values_list("person", flat=True)):
        raise InvalidInput({"attended": [_("Only people with a seat can have been there.")]})
    seated.filter(person__in=here).update(attended=True)
    session.enrolments.exclude(person__in=here).update(attended=False)
    session.state = HELD.key
    session.save(update_fields=["state"])
    _tell(session, "held", actor, told=[], attended=sorted(here))
    return session


def _tell(session, verb, actor, *, told=None, **data):
    """`told` are the people enrolled, and the trainer, unless said otherwise."""
    if told is None:
        told = [*session.enrolments.values_list("person", flat=True), session.trainer_id]
    facts = {"skill": session.course.skill_id, "starts_at": session.starts_at, "told": [pk for pk in told if pk]}
    publish(f"training-session.{verb}", subject=session, actor=actor, is_public=False, **facts, **data)
