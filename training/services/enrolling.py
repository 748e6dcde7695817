"""Who comes to a session: seats in order, then a waiting list that moves up by itself."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.services import publish
from training import rules
from training.models import Enrolment, Session
from training.selectors.plans import item_for
from training.services import planning
from training.vocabulary import Seat
from training.workflow import APPROVED, PLANNED


@transaction.atomic
def enrol(session, person, *, actor) -> Enrolment:
    """Give somebody a seat, or the last place of the waiting list when all are taken; again is nothing new.

    What costs money is paid by a line of an approved plan. The session is locked: the last seat is given once.
    Publishes `training-session.enrolled`. Raises NotAllowed, InvalidInput (nobody of the desk), Refused (over, not in
    an approved plan, beyond its budget).
    """
    session = locked(session)
    if actor is not None and not rules.enrols(actor, person, session):
        raise NotAllowed()
    _refuse_what_is_over(session)
    if not (person.is_active and person.is_staff_member):
        raise InvalidInput({"person": [_("Only people who work at the desk take courses.")]})
    if known := session.enrolments.filter(person=person).first():
        return known
    item = item_for(person, session.course, session.starts_at)
    if item is None and session.course.cost:
        raise Refused(
            _("This course costs money: it has to stand in an approved plan of %(year)s for %(name)s first.")
            % {"year": timezone.localtime(session.starts_at).year, "name": person.display_name}
        )
    is_free = session.enrolments.filter(seat=Seat.SEATED).count() < session.seats
    made = Enrolment.objects.create(
        session=session, person=person, item=item, seat=Seat.SEATED if is_free else Seat.WAITING,
        made_at=clock.recorded_now(),
    )  # fmt: skip
    if item is not None:
        plan = planning.locked(item.plan)
        if plan.state != APPROVED.key:
            raise Refused(_("The plan was taken back meanwhile."))
        planning.refuse_beyond_budget(plan)
    _tell(session, "enrolled", made, actor)
    return made


@transaction.atomic
def withdraw(enrolment, *, actor) -> None:
    """Give the place back; who waits longest moves up and hears of it. Raises NotAllowed, Refused (it is over)."""
    session = locked(enrolment.session)
    if actor is not None and not rules.enrols(actor, enrolment.person, session):
        raise NotAllowed()
    _refuse_what_is_over(session)
    enrolment = session.enrolments.select_related("person").filter(pk=enrolment.pk).first()
    if enrolment is None:
        raise Refused(_("This enrolment was withdrawn meanwhile."))
    _tell(session, "withdrawn", enrolment, actor)
    enrolment.delete()
    fill_seats(session)


def give_back_seats(event):
    """`later` handler of user.deactivated: places in sessions to come go to whoever waits."""
    to_come = Enrolment.objects.filter(session__state=PLANNED.key, session__starts_at__gt=clock.now())
    for one in to_come.filter(person=event.subject_id).select_related("session", "person").order_by("session", "pk"):
        withdraw(one, actor=None)


def fill_seats(session):
    """Move the waiting list of a locked session up into free seats; publishes `training-session.moved_up` for each."""
    free = session.seats - session.enrolments.filter(seat=Seat.SEATED).count()
    for one in session.enrolments.filter(seat=Seat.WAITING).order_by("pk")[: max(free, 0)]:
        one.seat = Seat.SEATED
        one.save(update_fields=["seat"])
        _tell(session, "moved_up", one, None)


def locked(session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)


def _refuse_what_is_over(session):
    if session.state != PLANNED.key or session.starts_at <= clock.now():
        raise Refused(_("This session has begun or is over."))


def _tell(session, verb, enrolment, actor):
    facts = {
        "skill": session.course.skill_id, "starts_at": session.starts_at, "person": enrolment.person_id,
        "seat": str(enrolment.seat), "told": [enrolment.person_id],
    }  # fmt: skip
    publish(f"training-session.{verb}", subject=session, actor=actor, is_public=False, **facts)
