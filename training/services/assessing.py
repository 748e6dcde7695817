"""Assessments: what somebody can do now, and the level that follows, in one transaction."""

import calendar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services as people
from accounts.models import PersonSkill, User
from accounts.services.writing import apply, checked
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.services import publish
from training import rules
from training.models import Assessment

FIELDS = ("passed", "result", "evidence", "link")


@transaction.atomic
def assess(person, course, *, actor, enrolment=None, assessed_on=None, **values) -> Assessment:
    """Record what an assessor found. Passed, it raises the skill to the course's level until its months are over.

    In order: locks the person, so that two assessments come one after the other; refuses oneself, and an enrolment
    that was assessed already or was not there; writes the assessment; raises the skill, never lowering a higher level
    that holds longer; publishes `assessment.made`. Raises NotAllowed, InvalidInput, Refused.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if actor is None or not rules.assesses(actor, person, enrolment and enrolment.session):
        raise NotAllowed()
    today = timezone.localdate(clock.now())
    assessed_on = assessed_on or today
    if assessed_on > today:
        raise InvalidInput({"assessed_on": [_("This day is yet to come.")]})
    _refuse_enrolment(person, course, enrolment)
    made = Assessment(
        person=person, course=course, enrolment=enrolment, assessor=actor, assessed_on=assessed_on, passed=False
    )
    apply(made, values, FIELDS)
    made.expires_on = _end_of(assessed_on, course.valid_months) if made.passed else None
    checked(made).save()
    facts = {"person": person.pk, "course": course.pk, "skill": course.skill_id, "passed": made.passed}
    publish("assessment.made", subject=made, actor=actor, is_public=False, told=[person.pk], **facts)
    if made.passed:
        _raise_level(made, today)
    return made


def _raise_level(made, today):
    course = made.course
    held = PersonSkill.objects.valid_on(today).filter(user=made.person, skill=course.skill).first()
    if held is not None and (held.level > course.level or _lasts_longer(held, made)):
        return
    evidence = made.evidence or f"{course.name} · {made.assessed_on:%Y-%m-%d}"
    people.award(
        made.person, course.skill, actor=made.assessor, level=course.level, evidence=evidence[:200], link=made.link,
        expires_on=made.expires_on,
    )  # fmt: skip


def _lasts_longer(held, made) -> bool:
    """The same level is on record for longer already."""
    if held.level != made.course.level or made.expires_on is None:
        return False
    return held.expires_on is None or held.expires_on > made.expires_on


def _refuse_enrolment(person, course, enrolment):
    if enrolment is None:
        return
    if enrolment.person_id != person.pk or enrolment.session.course_id != course.pk:
        raise InvalidInput({"enrolment": [_("This enrolment is somebody else's, or for another course.")]})
    if not enrolment.attended:
        raise Refused(_("%s was not recorded as having been there.") % person.display_name)
    if Assessment.objects.filter(enrolment=enrolment).exists():
        raise Refused(_("%s has been assessed for this session already.") % person.display_name)


def _end_of(day, months):
    """So many months later; the last of a shorter month. None for what does not end."""
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
