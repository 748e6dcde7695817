"""Sessions and who comes to them."""

from django.db.models import Count, Q

from training.models import Enrolment, Session
from training.vocabulary import Seat
from training.workflow import PLANNED

SHOWN = 100
PAGE = 50


def sessions(user, now, *, is_past=False, after=0):
    """(rows, next): one page of the sessions that one may see, with `seated` and `waiting` counted.

    What is to come, the soonest first, or what was, the latest first. The page begins after the session with the key
    `after`; `next` is the key after which the following one does, or 0.
    """
    found = Session.objects.visible_to(user)
    found = found.filter(starts_at__lte=now) if is_past else found.filter(starts_at__gt=now, state=PLANNED.key)
    last = Session.objects.filter(pk=after).values_list("starts_at", "pk").first() if after else None
    if last:
        beyond = "lt" if is_past else "gt"
        same_time = Q(starts_at=last[0], **{f"pk__{beyond}": last[1]})
        found = found.filter(Q(**{f"starts_at__{beyond}": last[0]}) | same_time)
    order = ("-starts_at", "-pk") if is_past else ("starts_at", "pk")
    rows = list(_counted(found).order_by(*order)[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else 0


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
