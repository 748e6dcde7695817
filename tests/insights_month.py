"""A month of incidents whose figures can be worked out by hand.

All instants count from NOW, Friday 27 November 2026, 15:00 in Shanghai; each incident is named by its part.
"""

from datetime import UTC, datetime, timedelta

from core import clock
from incidents import services as incidents
from sla import services as sla
from surveys.models import Survey
from tickets import services as tickets

NOW = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
SOLVED = {"resolution_code": "fixed", "resolution_notes": "好了"}


class Month:
    """Takes steps at instants before NOW, sweeping the clocks as workers would."""

    def __init__(self, cast):
        self.cast = cast

    def report(self, ago, title, *, actor=None, **fields):
        with clock.travel(NOW - ago):
            fields.setdefault("service", self.cast.erp)
            return incidents.report_incident(actor=actor or self.cast.li_na, title=title, **fields)

    def step(self, ago, ticket, name, actor, **values):
        with clock.travel(NOW - ago):
            while sla.sweep():
                pass
            return tickets.take_transition(ticket, name, actor=actor, values=values)

    def answer(self, ago, ticket, actor):
        with clock.travel(NOW - ago):
            tickets.comment(ticket, actor=actor, body="正在处理")

    def rate(self, ago, ticket, score):
        sent = NOW - ago
        Survey.objects.create(
            ticket_id=ticket.pk, recipient=ticket.requester, token_digest=f"digest-{ticket.pk}",
            created_at=sent, sent_at=sent, expires_at=sent + timedelta(days=14),
            score=score, answered_at=sent + timedelta(hours=1) if score else None,
        )  # fmt: skip


def hours(count):
    return timedelta(hours=count)


def days(count):
    return timedelta(days=count)


def make_month(cast) -> dict:
    """Eight incidents by the part they play.

    quick: answered after 30 min, solved within 1 h by the desk, rated 5
    handed: escalated to the database team, solved after 2 days, rated 2
    again: reopened the day after it was solved, solved again
    old: moved sideways to the network team, solved in the period before, survey unanswered
    late: open, first answer overdue
    fresh, unserviced: open, reported an hour ago and 4 days ago; urgent: open, P1, reported a minute ago
    """
    month, zhang, liu = Month(cast), cast.zhang_wei, cast.liu_yang
    with clock.travel(NOW - days(60)):
        sla.install_defaults()
    old = month.report(days(40), "old")
    month.step(days(40) - hours(1), old, "claim", zhang, team=cast.desk)
    month.step(days(40) - hours(2), old, "assign", zhang, team=cast.network, assignee=cast.chen_hao)
    month.step(days(40) - hours(2.5), old, "start", cast.chen_hao)
    month.step(days(40) - hours(3), old, "resolve", cast.chen_hao, **SOLVED)
    month.rate(days(39), old, None)

    handed = month.report(days(10), "handed", impact=2, urgency=2)
    month.step(days(10) - hours(1), handed, "claim", zhang, team=cast.desk)
    month.step(days(10) - hours(2), handed, "escalate", zhang, team=cast.database, note="看过了")
    month.answer(days(10) - hours(3), handed, liu)
    month.step(days(8) + hours(1), handed, "start", liu)
    month.step(days(8), handed, "resolve", liu, **SOLVED)
    month.rate(days(7), handed, 2)

    again = month.report(days(9), "again", actor=cast.zhao_min, service=cast.email)
    month.step(days(9) - hours(1), again, "claim", zhang, team=cast.desk)
    month.step(days(9) - hours(2), again, "start", zhang)
    month.step(days(9) - hours(3), again, "resolve", zhang, **SOLVED)
    month.step(days(8), again, "reopen", cast.zhao_min, reason="又坏了")
    month.step(days(7), again, "resolve", zhang, **SOLVED)

    quick = month.report(days(3), "quick")
    month.answer(days(3) - timedelta(minutes=30), quick, zhang)
    month.step(days(3) - hours(1), quick, "resolve", zhang, **SOLVED)
    month.rate(days(2), quick, 5)

    late = month.report(days(2), "late", impact=2, urgency=2)
    month.step(days(1), late, "claim", zhang, team=cast.desk)
    unserviced = month.report(days(4), "unserviced", service=None)
    fresh = month.report(hours(1), "=cmd|' /C calc'!A0", actor=cast.zhao_min, service=cast.email)
    urgent = month.report(timedelta(minutes=1), "urgent", impact=1, urgency=1)
    with clock.travel(NOW):
        while sla.sweep():
            pass
    made = {
        "old": old, "handed": handed, "again": again, "quick": quick,
        "late": late, "unserviced": unserviced, "fresh": fresh, "urgent": urgent,
    }  # fmt: skip
    for ticket in made.values():
        ticket.refresh_from_db()
    return made
