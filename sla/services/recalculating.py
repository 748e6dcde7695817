"""Carrying a changed calendar or agreement to the open clocks, in batches between which everything else goes on."""

from django.db import transaction

from core import clock as wall
from sla import access
from sla.engine import Retarget
from sla.models import Clock, Recalculation, Ruling
from sla.models.clock import terms_by_id
from sla.selectors import followers
from sla.services import binding, keeping, matching, rebuilding
from tickets.models import Ticket

BATCH = 200
State = Recalculation.State


@transaction.atomic
def start_recalculation(*, calendar=None, agreement=None, mode=Retarget.RETROACTIVE, actor=None) -> Recalculation:
    """Carry what is in force of a calendar or an agreement to the open clocks that count by something older.

    One that still runs for the same thing is taken over: no clock sees the version in between from now on. Returns at
    once; `recalculate` does the work. Raises NotAllowed for anybody but managers.
    """
    access.require_manager(actor)
    now = wall.recorded_now()
    running = Recalculation.objects.filter(calendar=calendar, agreement=agreement, state=State.RUNNING)
    running.update(state=State.TAKEN_OVER, finished_at=now)
    return Recalculation.objects.create(
        calendar=calendar, agreement=agreement, mode=Retarget(mode).value, requested_by=actor, requested_at=now
    )


@transaction.atomic
def recalculate(*, limit=BATCH) -> bool:
    """One batch of the oldest recalculation that no other worker has in hand. Repeat until False.

    One transaction: lock the recalculation, then the batch's tickets in key order, as every change of a ticket and
    every sweep does, then their clocks; rule by what is in force now; move the cursor on. Killed in between, all of
    it is rolled back and the next worker goes on from the cursor.
    """
    running = Recalculation.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    job = running.select_related("calendar", "agreement").filter(state=State.RUNNING).first()
    if job is None:
        return False
    found = _behind(job).filter(pk__gt=job.cursor).order_by("pk").values_list("pk", "ticket_id")[:limit]
    tickets = _locked_tickets({ticket for _, ticket in found})
    due = _behind(job).filter(pk__in=[pk for pk, _ in found]).order_by("pk")
    clocks = list(due.select_for_update(of=("self",)).select_related("agreement__agreement"))
    before = {clock.pk: (clock.due_at, clock.is_breached) for clock in clocks}
    if job.calendar_id:
        _follow_calendar(job, clocks, tickets)
    else:
        _follow_agreement(job, clocks, tickets)
    keeping.refresh_tickets(sorted(tickets))
    _note_progress(job, clocks, before, last=max((pk for pk, _ in found), default=None))
    return True


def _behind(job):
    """The open clocks that the job concerns and that count by something older than what is in force."""
    if job.calendar_id:
        return Clock.objects.filter(terms__in=followers.outdated_terms(job.calendar), stage__in=followers.OPEN)
    in_force = job.agreement.versions.filter(state__in=job.agreement.versions.model.BINDING).values("pk")
    return Clock.objects.filter(agreement__agreement=job.agreement, stage__in=followers.OPEN).exclude(
        agreement__in=in_force
    )


def _locked_tickets(pks) -> dict[int, Ticket]:
    locked = Ticket.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    tickets = {ticket.pk: ticket for ticket in locked}
    rebuilding.prefetch_facts(tickets.values())
    return tickets


def _follow_calendar(job, clocks, tickets):
    counted = list({clock.terms_id for clock in clocks})
    brought_up = matching.stored([followers.brought_up(job.calendar, terms_by_id(old)) for old in counted])
    stored = dict(zip(counted, brought_up, strict=True))
    changes = [
        binding.Change(clock, tickets[clock.ticket_id], clock.agreement, stored[clock.terms_id]) for clock in clocks
    ]
    binding.rule_all(changes, reason=Ruling.Reason.CALENDAR, mode=job.mode)


def _follow_agreement(job, clocks, tickets):
    """Each clock comes under the agreement that fits its ticket now; where none does, it is withdrawn."""
    fitting = [_fitting_version(clock, tickets[clock.ticket_id]) for clock in clocks]
    terms = _terms_by_kind(fitting, [tickets[clock.ticket_id].kind for clock in clocks])
    changes, ends = [], []
    for clock, version in zip(clocks, fitting, strict=True):
        ticket = tickets[clock.ticket_id]
        terms_id = version and terms[ticket.kind][version.pk].get(clock.metric)
        if terms_id is None:
            ends.append(binding.Change(clock, ticket, clock.agreement, clock.terms_id))
        else:
            changes.append(binding.Change(clock, ticket, version, terms_id))
    binding.rule_all(changes, reason=Ruling.Reason.AGREEMENT, mode=job.mode)
    binding.rule_all(ends, reason=Ruling.Reason.WITHDRAWN)


def _fitting_version(clock, ticket):
    return matching.bindings_for(ticket).get((clock.kind, clock.team_id, clock.supplier_id))


def _terms_by_kind(versions, kinds) -> dict[str, dict[int, dict[str, int]]]:
    """{kind of ticket: {id of a version: {metric: id of its terms}}}, each asked for once."""
    wanted = {}
    for version, kind in zip(versions, kinds, strict=True):
        if version:
            wanted.setdefault(kind, {})[version.pk] = version
    return {kind: matching.terms_by_metric(by_key.values(), kind) for kind, by_key in wanted.items()}


def _note_progress(job, clocks, before, *, last):
    job.seen += len(clocks)
    job.moved += sum(clock.due_at != before[clock.pk][0] for clock in clocks)
    job.breaches_gained += sum(clock.is_breached and not before[clock.pk][1] for clock in clocks)
    job.breaches_withdrawn += sum(before[clock.pk][1] and not clock.is_breached for clock in clocks)
    if last is None:
        job.state, job.finished_at = State.DONE, wall.recorded_now()
    else:
        job.cursor = last
    job.save()
