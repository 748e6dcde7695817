"""Who does what for a service is written down and taken back."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import Activity, Letter, Responsibility, Service
from core.errors import InvalidInput, NotAllowed
from events import services as events


@transaction.atomic
def assign_responsibility(service, *, actor, activity, letter, team=None, person=None) -> Responsibility:
    """Give a team or a person a letter of an activity; twice is once. Publishes `item.responsibility_added`.

    Raises NotAllowed (who owns the service and managers keep it), InvalidInput: nobody or both named, somebody who is
    gone, a second one accountable.
    """
    _require_keeper(actor, service)
    service = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    problems = {}
    if activity not in Activity.values:
        problems["activity"] = [_("Choose one of the listed values.")]
    if letter not in Letter.values:
        problems["letter"] = [_("Choose one of the listed values.")]
    if (team is None) == (person is None):
        problems["team"] = [_("Name either a team or a person.")]
    else:
        if not (team or person).is_active:
            problems["team" if team else "person"] = [_("%(name)s is deactivated.") % {"name": team or person}]
    if problems:
        raise InvalidInput(problems)
    row = Responsibility(service=service, activity=activity, letter=letter, team=team, person=person)
    standing = service.responsibilities.filter(activity=activity)
    if same := standing.filter(letter=letter, team=team, person=person).first():
        return same
    if letter == Letter.ACCOUNTABLE and (other := standing.filter(letter=letter).first()):
        words = {"name": other.party}
        raise InvalidInput({"letter": [_("%(name)s is accountable already, and only one can be.") % words]})
    row.save()
    _tell(row, "added", actor, after={"responsibility": _words(row)})
    return row


@transaction.atomic
def drop_responsibility(row, *, actor):
    """Take a letter back; publishes `item.responsibility_removed`. Raises NotAllowed."""
    _require_keeper(actor, row.service)
    _tell(row, "removed", actor, before={"responsibility": _words(row)})
    row.delete()


@transaction.atomic
def hand_over_responsibilities(rows, to, *, actor):
    """What a person did for services `to` does; what they do already stands once."""
    for row in rows:
        drop_responsibility(row, actor=actor)
        if to is not None:
            assign_responsibility(row.service, actor=actor, activity=row.activity, letter=row.letter, person=to)


def _require_keeper(actor, service):
    if actor is not None and not (actor.is_active and rules.keeps_responsibilities(actor, service)):
        raise NotAllowed()


def _words(row):
    return f"{row.get_activity_display()} {row.letter}: {row.party}"


def _tell(row, done, actor, **data):
    events.publish(f"item.responsibility_{done}", subject=row.service, actor=actor, is_public=False, **data)
