"""What an end user's pages show. Every query starts from `visible_to`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from cmdb.models import Service
from core import clock
from portal import plain_words
from sla import selectors as sla_selectors
from sla.services import simulating
from tickets import kinds
from tickets import selectors as tickets_selectors
from tickets.models import Ticket
from tickets.services import editing

PAGE = 20
# What a requester's page shows of the ledger: steps of the way, never the desk's own housekeeping.
_TOLD = {"reported", "claimed", "started", "escalated", "held", "resumed", "resolved", "reopened", "closed",
         "cancelled", "nudged", "approved", "rejected", "resubmitted", "fulfilled", "withdrawn"}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of a keyset-paged list, newest first; `before` and `after` are keys of the neighbouring pages."""

    rows: list
    before: int | None
    after: int | None


def own_tickets(user):
    """Tickets that `user` raised, for themselves or for somebody, and those that colleagues share with them.

    Of people of the desk only what they ask for themselves: they record and watch tickets as their work.
    """
    mine = _own(user)
    if not user.is_staff_member:
        mine |= Q(pk__in=tickets_selectors.watched_by(user))
    return _with_people(Ticket.objects.visible_to(user).filter(mine))


def _own(user) -> Q:
    return Q(requester=user.pk) if user.is_staff_member else _raised_by(user)


def _raised_by(user) -> Q:
    return Q(requester=user.pk) | Q(opened_by=user.pk)


def own_ticket(user, number):
    """One visible ticket with what its page reads; None when there is none."""
    return _with_people(Ticket.objects.visible_to(user)).filter(number=number).first()


def _with_people(tickets):
    return tickets.select_related(*kinds.names(), "service", "team", "assignee", "requester", "opened_by")


def _settled() -> Q:
    return Q(state__in=kinds.states(lambda state: state.is_settled))


def _needs(user) -> Q:
    """They raised it, and it waits for that: an answer, another try after a refusal, a confirmation."""
    waits_for_them = kinds.states(lambda state: state.waits_for == "requester")
    return _raised_by(user) & (Q(state="pending", pending_reason="caller") | Q(state__in=waits_for_them))


def filtered(user, tickets, *, status, text):
    """`status` is open | waiting | all; `text` searches number, title, description and what was said publicly."""
    if status == "open":
        tickets = tickets.filter(Q(is_open=True) | _settled())
    elif status == "waiting":
        tickets = tickets.filter(_needs(user))
    return tickets_selectors.matching(user, tickets, text) if text else tickets


def page_of(tickets, *, before=None, after=None):
    """The page of `tickets` older than key `before`, or newer than key `after`, or the first."""
    if after is not None:
        rows = list(tickets.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        has_newer, has_older = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        older = tickets.filter(pk__lt=before) if before is not None else tickets
        rows = list(older.order_by("-pk")[: PAGE + 1])
        has_newer, has_older = before is not None, len(rows) > PAGE
        rows = rows[:PAGE]
    return Page(
        rows=with_status(rows),
        before=rows[-1].pk if rows and has_older else None,
        after=rows[0].pk if rows and has_newer else None,
    )


def with_status(tickets) -> list:
    """Each ticket with its `status` in plain words, in one query for all clocks."""
    tickets = list(tickets)
    chips = sla_selectors.chips_for(tickets)
    for ticket in tickets:
        ticket.status = plain_words.status_of(ticket, chips.get(ticket.pk, ()))
    return tickets


def needing_me(user) -> int:
    """How many of one's own tickets wait for oneself."""
    return Ticket.objects.visible_to(user).filter(_own(user), _needs(user)).count()


def offered_services(user):
    return Service.objects.visible_to(user).filter(is_active=True, is_offered=True)


def told_timeline(ticket, user) -> list:
    """The conversation and the steps a requester is told; internal notes never, whoever looks."""
    return [
        entry
        for entry in tickets_selectors.timeline(ticket, user)
        if entry.kind == "public" or (entry.kind == "system" and entry.name.partition(".")[2] in _TOLD)
    ]


@dataclass(frozen=True)
class Expected:
    """What whoever reports something now may count on: the answer, and when work starts if nobody is there now."""

    answer: plain_words.Promise | None
    opens_at: datetime | None


def expected(organisation, *, service, impact, urgency) -> Expected:
    """By the agreement that would bind the report; where there is none, the hours of the service desk alone."""
    priority = editing.priority_of(impact, urgency)
    found = simulating.promised(
        "response", organisation=organisation, service=service, priority=priority, kind="incident"
    )
    if found is None:
        return Expected(None, _opens_at(sla_selectors.office_calendar(organisation)))
    due_at = found.calendar.add(clock.now(), found.seconds)
    return Expected(due_at and plain_words.Promise("answer", due_at, is_late=False), _opens_at(found.calendar))


def _opens_at(calendar):
    """When work starts next by a calendar; None while it does, or where no hours were published."""
    now = clock.now()
    if calendar is None or calendar.is_open(now):
        return None
    first_second_over = calendar.add(now, 1)
    return first_second_over and first_second_over - timedelta(seconds=1)


def steps_to_take(ticket, user) -> dict:
    """Transitions a requester takes from the portal, by name, where allowed now."""
    wanted = ("close", "reopen", "cancel", "withdraw")
    typed = ticket.typed
    return {t.name: t for t in typed.workflow.available(user, typed) if t.name in wanted}
