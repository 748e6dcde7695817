"""Incidents that a change may have caused: suggested through the graph, judged by people."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from changes import rules
from changes.models import CausedIncident, Change
from changes.vocabulary import CauseState
from cmdb.selectors import impact
from core.errors import InvalidInput, NotAllowed, Refused
from incidents.models import Incident
from tickets import services as tickets
from tickets.models import TicketLink
from tickets.services import door

UNDER_WATCH = ("implementing", "rolled_back", "review")
MOST_CHANGES = 50
MOST_INCIDENTS = 200


def suspect_changes(event):
    """incident.reported, in a worker: every change under watch that reaches what the incident is about is suspected."""
    if event.is_history:
        return
    incident = Incident.objects.filter(pk=event.subject_id).first()
    about = _about(incident) if incident else set()
    if not about:
        return
    watched = Change.objects.filter(
        Q(watch_until=None) | Q(watch_until__gte=incident.created_at), state__in=UNDER_WATCH,
        organisation=incident.organisation_id, actual_start__lte=incident.created_at,
    )  # fmt: skip
    for change in watched.order_by("-actual_start")[:MOST_CHANGES]:
        _suspect(change, incident, about, at=event.at)


def suspect_incidents(event):
    """change.finished, in a worker: incidents that came during the work and were brought to their items only later."""
    change = Change.objects.filter(pk=event.subject_id).first()
    if change is None or event.is_history:
        return
    came = Incident.objects.filter(
        organisation=change.organisation_id, created_at__range=(change.actual_start, event.at)
    )
    for incident in came.exclude(suspected_changes__change=change).order_by("pk")[:MOST_INCIDENTS]:
        _suspect(change, incident, _about(incident), at=event.at)


@transaction.atomic
def judge(cause, *, actor, is_caused) -> CausedIncident:
    """Say whether the change caused the incident; publishes `change.cause_confirmed` or `change.cause_rejected`.

    A confirmed one is linked. A judgement may be changed until the review is closed. Raises NotAllowed, Refused.
    """
    change = _reviewed(cause.change, actor)
    cause = CausedIncident.objects.select_for_update(of=("self",)).select_related("incident").get(pk=cause.pk)
    state = CauseState.CONFIRMED if is_caused else CauseState.REJECTED
    if cause.state != state:
        _decide(change, cause, state, actor=actor)
    return cause


@transaction.atomic
def name_cause(change, incident, *, actor) -> CausedIncident:
    """Name an incident that the graph did not suggest; it is confirmed at once. Raises NotAllowed, Refused."""
    change = _reviewed(change, actor)
    if change.actual_start is None or incident.created_at < change.actual_start:
        raise InvalidInput({"incident": [_("It came before the work began.")]})
    at = door.instant(change)
    cause, _new = CausedIncident.objects.get_or_create(
        change=change, incident=incident, defaults={"suggested_at": at}
    )  # fmt: skip
    if cause.state != CauseState.CONFIRMED:
        _decide(change, cause, CauseState.CONFIRMED, actor=actor)
    return cause


def _about(incident) -> set[int]:
    ids = set(incident.affected_items.values_list("pk", flat=True))
    return ids | ({incident.service_id} if incident.service_id else set())


@transaction.atomic
def _suspect(change, incident, about, *, at):
    """At risk counts as well: what lost its redundancy fails with the next fault, and the change took part."""
    met = sorted(about & impact.reachable(change.item_ids()).keys())
    if not met:
        return
    change = door.lock(change)
    _cause, is_new = CausedIncident.objects.get_or_create(
        change=change, incident=incident, defaults={"item_id": met[0], "suggested_at": at}
    )  # fmt: skip
    if is_new and not change.state_info.is_final:
        told = list(dict.fromkeys(pk for pk in (change.assignee_id, change.implementer_id) if pk))
        door.write(
            change, "change.cause_suggested", actor=None, before=door.snapshot(change), is_public=False,
            number=incident.number, told=told,
        )  # fmt: skip


def _reviewed(change, actor):
    change = door.lock(change)
    if not rules.reviews_it(actor, change):
        raise NotAllowed()
    if change.state_info.is_final:
        raise Refused(_("Its review is closed."))
    return change


def _decide(change, cause, state, *, actor):
    cause.state, cause.decided_by, cause.decided_at = state, actor, door.instant(change)
    cause.save()
    made = TicketLink.objects.filter(source=cause.incident_id, target=change.pk, kind=TicketLink.Kind.CAUSED_BY)
    if state == CauseState.CONFIRMED:
        tickets.link(cause.incident, change, kind=TicketLink.Kind.CAUSED_BY, actor=None)
    elif (link := made.select_related("source", "target").first()) is not None:
        tickets.unlink(link, actor=None)
    door.write(
        change, f"change.cause_{state}", actor=actor, before=door.snapshot(change), is_public=False,
        number=cause.incident.number,
    )  # fmt: skip
