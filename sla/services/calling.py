"""Telling people of an escalation, waiting for their answer, and passing it on when none comes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import selectors as people
from core import clock as wall
from core.errors import NotAllowed, Refused
from events import services as events
from sla.models import Escalation, EscalationStep, Firing
from sla.models.clock import terms_by_id
from sla.selectors import lines
from tickets import rules as ticket_rules
from tickets.models import Ticket

State = Escalation.State
BATCH = 100
# Noticed later than this, the next person gets their whole time instead of what is left of it.
ON_TIME = timedelta(minutes=1)

NOBODY = gettext_noop("Nobody was there to be told.")
NOBODY_ON_CALL = gettext_noop("Nobody was on call.")
NOBODY_LEFT = gettext_noop("Nobody is left to be told.")
AWAY = gettext_noop("This person is away.")
MAY_NOT_SEE = gettext_noop("This person may not see the ticket.")
NOT_OPEN = gettext_noop("The ticket was solved or closed meanwhile.")


@dataclass
class Case:
    """One step of one firing; `ticket` is its locked row."""

    firing: Firing
    ticket: Ticket
    index: int

    @cached_property
    def step(self) -> dict:
        return terms_at(self.firing)["steps"][self.index]

    def row(self, state, *, at, level=0, **fields) -> Escalation:
        return Escalation.objects.create(
            firing=self.firing, step=self.index, action=self.step["action"], state=state, at=at, level=level, **fields
        )


def terms_at(firing) -> dict:
    """The terms that the clock counted by when the threshold fired: later ones change nothing about it."""
    rulings = firing.clock.rulings.filter(at__lte=firing.fired_at).order_by("pk")
    return terms_by_id(rulings.values_list("terms", flat=True).last() or firing.clock.terms_id)


def fair_start(nominal, now):
    """From when somebody's time to answer runs: the nominal instant, so that lateness does not add up from person to
    person; after an outage the present, so that nobody is passed over before they could know."""
    return nominal if now - nominal <= ON_TIME else now


def tell_next(case, *, at, since) -> None:
    """Tell the first people in line who were not tried yet, and say in the log who was passed over and why. Nobody
    calls those who are away: whoever stands in for them comes in their place.

    Their time to acknowledge runs from `since`; `at` is the present. Publishes
    `sla.escalated` when somebody is told.
    """
    tried = list(case.firing.escalations.filter(step=case.index))
    known = {row.person_id for row in tried}
    level = 1 + max((row.level for row in tried), default=-1)
    groups = lines.attempts(case.step, case.ticket, at)
    away = people.stand_ins({person for group in groups for person in group}, at)
    groups = lines.with_stand_ins(groups, away)
    if tried:
        groups = [rest for group in groups if (rest := [person for person in group if person.pk not in known])]
    for group in groups:
        here = [person for person in group if person.pk not in away]
        able = [person for person in here if lines.may_be_told(person, case.ticket)]
        for person in group:
            if person.pk in away:
                case.row(State.NOT_POSSIBLE, at=at, level=level, person=person, detail=AWAY)
        if able:
            _tell(case, able, level, at, since)
            return
        _pass_over(case, here, level, at, is_gap=not group)
        level += 1
    if any(groups) or tried:
        case.row(State.NOT_POSSIBLE, at=at, level=level, detail=NOBODY_LEFT)


@transaction.atomic
def acknowledge(escalation, *, actor) -> None:
    """Somebody answers: whoever was told, or who may dispatch the ticket. Nobody else is called for this step.

    Publishes `sla.acknowledged`. Raises NotAllowed, Refused (answered already, or no answer is awaited).
    """
    ticket = _locked(escalation)
    row = Escalation.objects.select_related("firing").get(pk=escalation.pk)
    if row.person_id != actor.pk and not ticket_rules.triages_it(actor, ticket):
        raise NotAllowed()
    rows = row.firing.escalations.filter(step=row.step)
    refuse_answered(row)
    now = wall.recorded_now()
    rows.filter(acknowledge_by__isnull=False).update(acknowledge_by=None)
    answer = {"state": State.ACKNOWLEDGED, "acknowledged_at": now, "acknowledged_by": actor}
    Escalation.objects.filter(pk=row.pk).update(**answer)
    data = {"escalation": row.pk, "level": row.level}
    events.publish("sla.acknowledged", subject=ticket, actor=actor, at=now, is_public=False, **data)


def refuse_answered(escalation) -> None:
    """Raises Refused where somebody has answered already, or no answer is awaited."""
    rows = Escalation.objects.filter(firing=escalation.firing_id, step=escalation.step, state=State.ACKNOWLEDGED)
    answered = rows.select_related("acknowledged_by").first()
    if answered is not None:
        raise Refused(_("%(name)s has acknowledged this already.") % {"name": answered.acknowledged_by})
    if not escalation.can_be_acknowledged:
        raise Refused(_("Nobody waits for an answer to this."))


def pass_on_unanswered(*, limit=BATCH) -> int:
    """Call the next in line where nobody answered in time; returns how many rows were due. Repeat until 0."""
    due = Escalation.objects.filter(acknowledge_by__lte=wall.recorded_now()).order_by("acknowledge_by", "pk")
    found = list(due.select_related("firing__clock__ticket")[:limit])
    for row in found:
        _pass_on(row)
    return len(found)


@transaction.atomic
def _pass_on(escalation):
    """Everybody told together is passed on together; an answer or another worker that came first ends it."""
    ticket = _locked(escalation)
    now = wall.recorded_now()
    firing = Firing.objects.select_related("clock").get(pk=escalation.firing_id)
    waiting = firing.escalations.filter(step=escalation.step, acknowledge_by__lte=now)
    due_at = waiting.values_list("acknowledge_by", flat=True).first()
    if due_at is None:
        return
    if firing.is_withdrawn or not ticket.is_open:
        waiting.update(acknowledge_by=None, detail=NOT_OPEN)
        return
    waiting.update(acknowledge_by=None, state=State.PASSED_ON)
    tell_next(Case(firing, ticket, escalation.step), at=now, since=fair_start(due_at, now))


def _locked(escalation) -> Ticket:
    """All that happens to the escalations of a ticket is in line behind its row."""
    return Ticket.objects.select_for_update(of=("self",)).get(pk=escalation.firing.clock.ticket_id)


def _tell(case, able, level, at, since):
    minutes = case.step["acknowledge_minutes"]
    answer_by = since + timedelta(minutes=minutes) if minutes else None
    clock = case.firing.clock
    event = events.publish(
        "sla.escalated", subject=case.ticket, actor=None, at=at, is_public=False,
        told=[person.pk for person in able], action=case.step["action"], level=level, acknowledge_by=answer_by,
        firing=case.firing.pk, kind=clock.kind, metric=clock.metric, pct=case.firing.pct, offset=case.firing.offset,
        due_at=case.firing.due_at, deadline=clock.due_at, lateness=case.firing.lateness,
    )  # fmt: skip
    told = {"at": at, "level": level, "team": case.ticket.team, "acknowledge_by": answer_by, "event": event}
    for person in able:
        case.row(State.TOLD, person=person, **told)


def _pass_over(case, group, level, at, *, is_gap):
    if is_gap:
        is_call = case.step["action"] == EscalationStep.Action.TELL_ON_CALL
        case.row(State.EMPTY, at=at, level=level, detail=NOBODY_ON_CALL if is_call else NOBODY)
    for person in group:
        case.row(State.NOT_POSSIBLE, at=at, level=level, person=person, detail=MAY_NOT_SEE)
