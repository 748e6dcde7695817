"""The views every agent has: which tickets each one holds, and how many, in one bounded query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from core import clock
from tickets import kinds
from tickets.models import Snooze, Ticket

CAP = 999
DUE_SOON = timedelta(hours=2)


@dataclass(frozen=True)
class StandingView:
    """`condition(user)` is a Q over visible tickets; `sort` is the order it opens in, `sorts` are all it offers."""

    key: str
    label: str
    icon: str
    condition: Callable
    empty: str
    sort: str = "due"
    sorts: tuple = ("due", "priority", "newest", "activity")


def _snoozed(user):
    held = Snooze.objects.filter(person=user.pk, until__gt=clock.now())
    return Q(pk__in=held.values("ticket"))


def _mine(user):
    return Q(is_open=True, assignee=user.pk) & ~_snoozed(user)


def _of_my_teams(user):
    return Q(is_open=True, team__in=user.team_ids) & ~_snoozed(user)


def _unassigned(user):
    """New to everybody, or waiting in one of my teams' queues; not what approvers or requesters have in hand."""
    waiting = (
        Q(is_open=True, assignee__isnull=True) & (Q(team__isnull=True) | Q(team__in=user.team_ids)) & ~_snoozed(user)
    )
    return waiting & ~Q(state__in=kinds.states(lambda state: state.waits_for))


def _escalated_to_us(user):
    return Q(is_open=True, team__in=user.team_ids, incident__escalated_from__isnull=False)


def _pending(user):
    return Q(is_open=True, state="pending")


def _due(user):
    return Q(is_open=True, due_at__lte=clock.now() + DUE_SOON)


def _resolved(user):
    return Q(resolved_at__isnull=False, closed_at__isnull=True)


def _open(user):
    return Q(is_open=True)


def _everything(user):
    return Q()


STANDING_VIEWS = (
    StandingView("mine", _("Assigned to me"), "user", _mine, _("Nothing is assigned to you.")),
    StandingView("team", _("My teams"), "users", _of_my_teams, _("Your teams hold no open tickets.")),
    StandingView(
        "unassigned", _("Unassigned"), "inbox", _unassigned, _("Everything has an owner. Well done."),
    ),
    StandingView(
        "escalated", _("Escalated to us"), "stairs-up", _escalated_to_us, _("No other team has handed you anything."),
    ),
    StandingView("pending", _("Pending"), "player-pause", _pending, _("No ticket is waiting for anybody.")),
    StandingView(
        "due", _("Breached or due soon"), "clock-exclamation", _due, _("Nothing is late or due within 2 hours."),
    ),
    StandingView(
        "resolved", _("Waiting for confirmation"), "circle-check", _resolved,
        _("No solved ticket waits for its requester."), "activity",
    ),
    StandingView("snoozed", _("Snoozed by me"), "moon", _snoozed, _("You have put nothing aside.")),
    StandingView("open", _("All open"), "list", _open, _("There are no open tickets that you may see.")),
    StandingView(
        "all", _("All tickets"), "archive", _everything, _("There are no tickets that you may see."), "newest",
        # A history is read along an index; those of the other orders hold open tickets only.
        ("newest", "activity"),
    ),
)  # fmt: skip
BY_KEY = {view.key: view for view in STANDING_VIEWS}
# The whole history is listed, never counted.
COUNTED = [view for view in STANDING_VIEWS if view.key != "all"]


def default_view(user) -> str:
    """First line starts with what nobody has; everybody else with their own work."""
    return "unassigned" if user.is_first_line else "mine"


def count(user, saved=()) -> dict[str, int]:
    """Tickets per view key, none counted beyond CAP + 1, in one query.

    `saved` adds (key, filtered visible queryset) pairs. Each view is its own limited branch, so that a count costs
    at most a thousand index entries however many tickets there are.
    """
    visible = Ticket.objects.visible_to(user)
    branches = [(view.key, visible.filter(view.condition(user))) for view in COUNTED] + list(saved)
    limited = [
        tickets.order_by().annotate(counted=Value(key)).values("counted")[: CAP + 1] for key, tickets in branches
    ]
    sql, parameters = limited[0].union(*limited[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT counted, count(*) FROM ({sql}) AS branches GROUP BY counted", parameters)
        return {key: 0 for key, _rows in branches} | dict(cursor.fetchall())


def shown(number) -> str:
    """A count as the desk prints it: `999+` beyond the cap."""
    return f"{CAP}+" if number > CAP else str(number)
