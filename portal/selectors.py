"""What an end user's pages show. Every query starts from `visible_to`."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from cmdb.models import Service
from core import clock
from portal import plain_words
from sla import selectors as sla_selectors
from tickets import kinds
from tickets import selectors as tickets_selectors
from tickets.models import Ticket

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
    """Tickets that `user` raised, or that were raised by them for somebody; staff's phone records are not "mine"."""
    mine = Q(requester=user.pk) if user.is_staff_member else Q(requester=user.pk) | Q(opened_by=user.pk)
    return _with_people(Ticket.objects.visible_to(user).filter(mine))


def own_ticket(user, number):
    """One visible ticket with what its page reads; None when there is none."""
    return _with_people(Ticket.objects.visible_to(user)).filter(number=number).first()


def _with_people(tickets):
    return tickets.select_related(*kinds.names(), "service", "team", "assignee", "requester", "opened_by")


def _settled() -> Q:
    return Q(state__in=kinds.states(lambda state: state.is_settled))


def _needs_me() -> Q:
    """It waits for its requester: an answer, another try after a refusal, a confirmation."""
    return Q(state="pending", pending_reason="caller") | Q(
        state__in=kinds.states(lambda state: state.waits_for == "requester")
    )


def filtered(user, tickets, *, status, text):
    """`status` is open | waiting | all; `text` searches number, title, description and what was said publicly."""
    if status == "open":
        tickets = tickets.filter(Q(is_open=True) | _settled())
    elif status == "waiting":
        tickets = tickets.filter(_needs_me())
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
    return own_tickets(user).filter(_needs_me()).count()


def offered_services(user):
    return Service.objects.visible_to(user).filter(is_active=True, is_offered=True)


def told_timeline(ticket, user) -> list:
    """The conversation and the steps a requester is told; internal notes never, whoever looks."""
    return [
        entry
        for entry in tickets_selectors.timeline(ticket, user)
        if entry.kind == "public" or (entry.kind == "system" and entry.name.partition(".")[2] in _TOLD)
    ]


def opens_at(organisation):
    """When the service desk opens next; None while it is open or where no hours were published."""
    calendar, now = sla_selectors.office_calendar(organisation), clock.now()
    if calendar is None or calendar.is_open(now):
        return None
    first_second_over = calendar.add(now, 1)
    return first_second_over and first_second_over - timedelta(seconds=1)


def steps_to_take(ticket, user) -> dict:
    """Transitions a requester takes from the portal, by name, where allowed now."""
    wanted = ("close", "reopen", "cancel", "withdraw")
    typed = ticket.typed
    return {t.name: t for t in typed.workflow.available(user, typed) if t.name in wanted}
