"""Absence and substitute: who decides for somebody while they are away."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Delegation
from accounts.services import people
from accounts.services.writing import checked
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.services import publish

LONGEST = timedelta(days=366)


@transaction.atomic
def arrange_absence(person, substitute, *, from_at, until_at, actor) -> Delegation:
    """`substitute` decides for `person` in [from_at, until_at), beside them; publishes `user.absence_arranged`.

    One substitute at a time. One's own absence, or as manager of the person or administrator theirs.
    Raises NotAllowed, InvalidInput.
    """
    person = people.locked(person)
    if not rules.arranges_absence(actor, person):
        raise NotAllowed()
    problems = {}
    if not substitute.is_active:
        problems["substitute"] = [_("%(name)s is deactivated.") % {"name": substitute.display_name}]
    if substitute == person:
        problems["substitute"] = [_("Nobody stands in for themselves.")]
    if not from_at < until_at <= from_at + LONGEST:
        problems["until_at"] = [_("The end lies after the start, at most a year.")]
    elif until_at <= clock.now():
        problems["until_at"] = [_("This lies in the past.")]
    elif person.delegations.filter(from_at__lt=until_at, until_at__gt=from_at).exists():
        problems["from_at"] = [_("There is a substitute for a part of this time already.")]
    if problems:
        raise InvalidInput(problems)
    absence = Delegation(person=person, substitute=substitute, from_at=from_at, until_at=until_at, created_by=actor)
    checked(absence).save()
    _tell("user.absence_arranged", absence, actor)
    return absence


@transaction.atomic
def end_absence(absence, *, actor):
    """Back again: one ahead is removed, one that began ends now; publishes `user.absence_ended`.

    Raises NotAllowed, Refused (over already).
    """
    absence = Delegation.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence.pk)
    if not rules.arranges_absence(actor, absence.person):
        raise NotAllowed()
    now = clock.recorded_now()
    if absence.until_at <= now:
        raise Refused(_("This is over already."))
    _tell("user.absence_ended", absence, actor)
    if absence.from_at < now:
        absence.until_at = now
        absence.save(update_fields=["until_at"])
    else:
        absence.delete()


def _tell(name, absence, actor):
    publish(
        name, subject=absence.person, actor=actor, is_public=False,
        substitute=absence.substitute_id, from_at=absence.from_at, until_at=absence.until_at,
    )  # fmt: skip
