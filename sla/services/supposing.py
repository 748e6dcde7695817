"""What if: tickets played again as if a draft had been in force, through the same engine and in memory."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists

from core import clock as wall
from core.business_time import epoch_seconds
from sla import rules
from sla.engine import Outcome, View
from sla.models import AgreementVersion, CalendarVersion, Clock, Ruling
from sla.models.calendar import CalendarsByKey
from sla.models.clock import terms_by_id
from sla.selectors import histories, scopes
from sla.selectors.engines import engine_of
from sla.services import keeping, matching, rebuilding

JUDGED = (Outcome.MET, Outcome.BREACHED)
DRAFT = -1  # the key of the tried calendar: not that of any version


@dataclass(frozen=True)
class Pair:
    """One metric of one ticket as it is stored and as the draft would have judged it; None: no clock there."""

    ticket_id: int
    metric: str
    before: View | None
    after: View | None

    @property
    def flips(self) -> bool:
        """Met became missed or the other way round, or one side alone was judged."""
        was, would = verdict(self.before), verdict(self.after)
        return was != would and (was in JUDGED or would in JUDGED)

    @property
    def differs(self) -> bool:
        """Whether anything shown is different: counted time, deadline, outcome."""
        return _shown(self.before) != _shown(self.after)


def verdict(view) -> str:
    """The outcome; empty where nothing counted."""
    return view.outcome.value if view and view.outcome else ""


def compared(supposed, tickets) -> list[Pair]:
    """The clocks of tickets (a queryset) beside what `supposed` would have made of them; as many queries for many
    tickets as for few. Writes nothing."""
    now = epoch_seconds(wall.recorded_now())
    tickets = list(supposed.annotated(tickets))
    told = histories.told_by_ticket([ticket.pk for ticket in tickets])
    clocks = _grouped(supposed.clocks().filter(ticket__in=tickets).select_related("agreement__agreement"), "ticket_id")
    rulings = _grouped(Ruling.objects.filter(clock__ticket__in=tickets).order_by("id"), "clock_id")
    return [
        Pair(
            ticket.pk,
            metric,
            before=engine_of(clock).view(keeping.state_of(clock), now) if clock else None,
            after=supposed.played(ticket, metric, clock, rulings[clock.pk] if clock else [], told[ticket.pk], now),
        )
        for ticket in tickets
        for metric, clock in supposed.cases(ticket, clocks[ticket.pk])
    ]


class SupposedCalendar:
    """A compiled calendar in place of every version of a calendar, in whatever terms a clock counts by."""

    def __init__(self, calendar, compiled) -> None:
        self.calendars = CalendarsByKey({str(DRAFT): compiled})
        self.siblings = set(calendar.versions.values_list("pk", flat=True))
        self.known = {}

    def clocks(self):
        return Clock.objects.all()

    def annotated(self, tickets):
        return tickets

    def cases(self, ticket, clocks):
        """(metric, clock) of what is compared."""
        return [(clock.metric, clock) for clock in clocks]

    def played(self, ticket, metric, clock, rulings, told, now) -> View:
        return _played(told, rulings, now, self._terms_of, self.calendars)

    def _terms_of(self, ruling):
        if ruling.terms_id not in self.known:
            terms = terms_by_id(ruling.terms_id)
            calendars = {p: DRAFT if k in self.siblings else k for p, k in terms["calendars"].items()}
            self.known[ruling.terms_id] = {**terms, "calendars": calendars}
        return self.known[ruling.terms_id]


class SupposedAgreement:
    """A version in place of every version of its agreement.

    Which tickets it binds is decided by what they are now and by the order of matching. Terms that counted before
    keep the calendar versions of their time, so the version in force gives exactly what is stored.
    """

    def __init__(self, version) -> None:
        self.version, self.agreement = version, version.agreement
        self.siblings = set(self.agreement.versions.values_list("pk", flat=True))
        self.latest = dict(matching.calendars_in_force(version))
        self.calendar_of = dict(CalendarVersion.objects.values_list("pk", "calendar_id"))
        self.known = {}

    def clocks(self):
        agreement = self.agreement
        return Clock.objects.filter(kind=agreement.kind, team=agreement.team_id, supplier=agreement.supplier_id)

    def annotated(self, tickets):
        holds = AgreementVersion.objects.filter(scopes.holding(scopes.EachTicket), pk=self.version.pk)
        return tickets.annotate(is_held=Exists(holds))

    def cases(self, ticket, clocks):
        """(metric, clock or None) of all that is counted by the agreement, or would be."""
        by_metric = {clock.metric: clock for clock in clocks if not self._is_bound_before(clock)}
        if ticket.is_held and (by_metric or not clocks):
            by_metric = {**dict.fromkeys(self._contents(ticket.kind, self.latest)), **by_metric}
        elif not ticket.is_held:
            by_metric = {metric: clock for metric, clock in by_metric.items() if clock.agreement_id in self.siblings}
        return list(by_metric.items())

    def played(self, ticket, metric, clock, rulings, told, now) -> View | None:
        content = self._contents(ticket.kind, self.latest).get(metric)
        if not ticket.is_held or content is None:
            return None
        if clock is None or clock.agreement_id not in self.siblings:
            begun = next((step for step in told if rules.is_held(step.facts, content)), None)
            if begun is None:
                return None
            rulings = [Ruling(at=begun.at, after_id=begun.event_id, agreement=self.version, reason="started")]
        return _played(told, rulings, now, lambda ruling: self._terms_of(ruling, ticket.kind, metric), CalendarsByKey())

    def _is_bound_before(self, clock) -> bool:
        """Whether another agreement comes before this one in the order of matching."""
        other = clock.agreement.agreement
        return other != self.agreement and (other.rank, other.pk) < (self.agreement.rank, self.agreement.pk)

    def _terms_of(self, ruling, kind, metric):
        if ruling.terms_id is None:
            return self._contents(kind, self.latest)[metric]
        terms = terms_by_id(ruling.terms_id)
        if ruling.agreement_id == self.version.pk or ruling.agreement_id not in self.siblings:
            return terms
        of_its_time = {self.calendar_of[key]: key for key in terms["calendars"].values()}
        return self._contents(kind, self.latest | of_its_time)[metric]

    def _contents(self, kind, calendars):
        key = kind, tuple(sorted(calendars.items()))
        if key not in self.known:
            self.known[key] = matching.contents_by_metric(self.version, kind, calendars)
        return self.known[key]


def _played(told, rulings, now, terms_of, calendars) -> View:
    state, _ = rebuilding.played_over(told, rulings, until=now, terms_of=terms_of, calendars=calendars)
    return rebuilding.engine_under(terms_of(rulings[-1]), calendars=calendars).view(state, now)


def _shown(view):
    return view and (view.elapsed, view.due_at, view.outcome)


def _grouped(rows, name):
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
