"""Sessions and who comes to them."""

from django.db.models import Count, Q

from training.models import Enrolment, Session
from training.vocabulary import Seat

SHOWN = 100


def sessions(user):
    """Sessions that one may see, with `seated` and `waiting` counted."""
    return _counted(Session.objects.visible_to(user))


def sessions_of(course):
    """The latest sessions of a course first."""
    return list(_counted(course.sessions).order_by("-starts_at")[:20])


def enrolments_of(session) -> list[Enrolment]:
    """Those with a seat first, then the waiting list in its order."""
    rows = session.enrolments.select_related("person", "item__plan__team", "assessment")
    return sorted(rows, key=lambda one: (one.seat == Seat.WAITING, one.pk))


def enrolments_to_come(person):
    """What somebody is enrolled for and was not assessed in, the next first; without what they missed."""
    rows = Enrolment.objects.filter(person=person, assessment=None).exclude(session__state="cancelled")
    rows = rows.exclude(attended=False).select_related("session__course__skill")
    return list(rows.order_by("session__starts_at")[:SHOWN])


def _counted(found):
    seats = {one.value: Count("enrolments", filter=Q(enrolments__seat=one)) for one in Seat}
    return found.select_related("course__skill", "trainer").annotate(seated=seats["seated"], waiting=seats["waiting"])
