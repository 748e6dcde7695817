"""A freeze set over changes that are planned already.

Their approvals stand, and so does their place in the calendar: both are about the change, which is the same as before.
But nobody begins under a freeze. The people of each are told when it comes and when it goes.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from changes.effects import tell
from changes.models import Change, Freeze
from changes.selectors import fitting, windows
from changes.selectors.scope import item_ids
from changes.services.planning import PLANNABLE
from changes.vocabulary import ChangeType
from core.errors import Refused
from events.models import Event
from tickets.services import door

_NEWS = ("change.frozen", "change.thawed")


@transaction.atomic
def tell_frozen(event):
    """freeze.kept, freeze.discarded, in a worker: publish `change.frozen` on each change that comes under the freeze,
    `change.thawed` on each that does not lie under it any more."""
    if event.is_history:
        return
    freeze = Freeze.objects.filter(pk=event.subject_id).first()
    known = _last_news(event.subject_id)
    frozen = _frozen_by(freeze) if freeze else {}
    for change in frozen.values():
        if known.get(change.pk) != "change.frozen":
            _publish(change, "change.frozen", event)
    before = [key for key, name in known.items() if name == "change.frozen" and key not in frozen]
    for change in Change.objects.filter(pk__in=before, state__in=PLANNABLE).order_by("pk"):
        _publish(change, "change.thawed", event)


def refuse_frozen(event):
    """change.started: no work under a freeze, which undoes the step; an emergency has to be done all the same."""
    change = event.subject
    if change.type == ChangeType.EMERGENCY or event.is_history:
        return
    frozen = windows.freezes_over(
        item_ids(change), event.at, change.planned_end, team=change.team_id, service=change.service_id,
        implementer=change.implementer,
    )  # fmt: skip
    if frozen:
        raise Refused(_("In the freeze “%(name)s”.") % {"name": frozen[0].freeze.name})


def _last_news(freeze) -> dict[int, str]:
    """{change: what was told of it last} about this freeze."""
    told = Event.objects.filter(name__in=_NEWS, data__freeze=freeze).order_by("pk")
    return dict(told.values_list("subject_id", "name"))


def _frozen_by(freeze) -> dict[int, Change]:
    planned = Change.objects.filter(state__in=PLANNABLE).exclude(type=ChangeType.EMERGENCY)
    planned = planned.planned_between(freeze.from_at, freeze.until_at).select_related("implementer").order_by("pk")
    return {
        change.pk: change
        for change in planned.iterator(chunk_size=200)
        if freeze in [one.freeze for one in fitting.freezes_of(change)]
    }


def _publish(change, name, event):
    told = tell(change, {}, actor=None, at=event.at)
    door.note(change, name, actor=event.actor, freeze=event.subject_id, called=event.data["called"], **told)
