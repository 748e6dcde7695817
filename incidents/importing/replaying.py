"""Taking each incident of a log through our own workflow, at the instants the log gives."""

from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from events import services as events
from events.models import Event
from incidents.importing.servicenow import SOURCE
from incidents.models import Incident
from incidents.services import report_incident
from sla import services as sla
from tickets import rules
from tickets.models import PriorityRule, ResolutionCode
from tickets.services import door, editing, transitions

STAMP = "incident.imported"
MAX_STEPS = 6


class Replay:
    """Replays histories for one organisation. `names` finds its people and teams, `report` takes the account."""

    def __init__(self, names, report):
        self.names = names
        self.report = report
        self.matrix = {(rule.impact, rule.urgency): rule.priority for rule in PriorityRule.objects.all()}

    def run(self, rows) -> None:
        """Replay one incident in one transaction, silently; what was replayed before is not replayed again.

        The incident is new or locked for the whole of it, so it and its clocks are read once and written once.
        """
        try:
            with transaction.atomic(), events.silence(), door.holding(), sla.holding_clocks():
                self._replay(rows)
        except Refused as refusal:
            self.report.failed += 1
            self.report.note(_("incident refused"), f"{rows[0].number}: {_said(refusal)}")

    def _replay(self, rows):
        incident = Incident.objects.filter(source=SOURCE, source_ref=rows[0].number).first()
        done = 0
        if incident is not None:
            if incident.organisation_id != self.names.organisation.pk:
                raise Refused(_("this number was imported for another organisation"))
            stamp = Event.objects.filter(subject_kind="ticket", subject_id=incident.pk, name=STAMP).last()
            done = stamp.data["rows"] if stamp else 0
            if len(rows) <= done:
                self.report.unchanged += 1
                return
            if stamp and stamp.data["digest"] != _digest(rows[:done]):
                raise Refused(_("its history differs from what was imported before"))
            incident = door.lock(incident)
            self.report.continued += 1
        else:
            incident = self._open(rows)
            self.report.created += 1
        for row in rows[done:]:
            self._follow(incident, row)
        self._stamp(incident, rows)

    def _open(self, rows):
        first = rows[0]
        opened_at = min(first.opened_at or first.at, first.at)
        if first.opened_at and first.opened_at > first.at:
            self.report.note(_("opened after its first update: the update counts"), first.number)
        item = self.names.item(first.item)
        about = " · ".join(part for part in (first.symptom, first.category, first.subcategory) if part)
        with clock.travel(opened_at):
            return report_incident(
                actor=self.names.person(first.opened_by) or self.names.person(first.updated_by),
                requester=self.names.caller(first.caller),
                title=f"{first.number}: {about or '—'}"[:200],
                impact=first.impact,
                urgency=first.urgency,
                service=self.names.service(first),
                category=self.names.category(first),
                affected_items=[item] if item else [],
                channel=first.channel,
                place=first.place,
                organisation=self.names.organisation,
                source=SOURCE,
                source_ref=first.number,
            )

    def _follow(self, incident, row):
        """Make the incident what the row says. A part that our rules refuse is counted; the others still count.

        Commands refuse before they change anything, so no savepoint is needed around a part.
        """
        version = incident.version
        with clock.travel(row.at):
            for part in (self._reopen, self._classify, self._place, self._move):
                try:
                    part(incident, row)
                except Refused as refusal:
                    self.report.note(_("refused by our rules"), f"{row.number}, {_line(row)}: {_said(refusal)}")
        if incident.version == version:
            self.report.note(_("update that changed nothing we record"), f"{row.number}, {_line(row)}")

    def _reopen(self, incident, row):
        """First of all, so that a reopened incident can be classified and handed on by the same row."""
        if incident.state == "resolved" and row.state not in ("resolved", "closed"):
            self._take(incident, "reopen", row, reason=_("Reopened in the imported log"))

    def _classify(self, incident, row):
        changes = {}
        if (row.impact, row.urgency, row.priority) != (incident.impact, incident.urgency, incident.priority):
            changes = {"impact": row.impact, "urgency": row.urgency}
            if self.matrix[row.impact, row.urgency] != row.priority:
                changes |= {"priority": row.priority, "priority_reason": _("As in the imported log")}
        category = self.names.category(row)
        if category is not None and category.pk != incident.category_id:
            changes |= {"category": category, "service": self.names.service(row)}
        if row.place and row.place != incident.place:
            changes["place"] = row.place
        if not changes:
            return
        actor = self.names.person(row.updated_by)
        if actor is not None and not rules.triages_it(actor, incident):
            actor = None
        editing.change(incident, actor=actor, changes=changes)

    def _place(self, incident, row):
        """The row's team and person; an unknown one keeps what is there."""
        team, person = self.names.team(row.team), self.names.person(row.assignee)
        moves = team is not None and team.pk != incident.team_id
        if not moves and (person is None or person.pk == incident.assignee_id):
            return
        team = team or incident.team
        if team is None:
            self.report.note(_("assigned to a person without a team"), f"{row.number}, {_line(row)}")
            return
        if incident.state in ("resolved", "closed"):
            self.report.note(_("handed on after it was resolved"), f"{row.number}, {_line(row)}")
            return
        if incident.state == "pending":
            self._take(incident, "resume", row)
        self._take(incident, "assign", row, team=team, assignee=person)

    def _move(self, incident, row):
        for _step in range(MAX_STEPS):
            name, values = self._next_step(incident, row)
            if name is None:
                return
            self._take(incident, name, row, **values)

    def _next_step(self, incident, row):
        """The next arrow from where the incident stands towards the row's state, or (None, {}) when it is there."""
        here, goal = incident.state, row.state
        if here in ("closed", "cancelled"):
            if goal != "closed":
                self.report.note(_("changed after it was closed"), f"{row.number}, {_line(row)}")
            return None, {}
        if here == "resolved":
            return ("close", {}) if goal == "closed" else (None, {})
        if here == goal and (here != "pending" or incident.pending_reason == row.pending_reason):
            return None, {}
        if goal in ("resolved", "closed") and here != "assigned":
            return "resolve", self._resolution(incident, row)
        if here == "pending":
            return "resume", {}
        if goal == "new":
            return None, {}
        if here == "in_progress":
            return "hold", {"pending_reason": row.pending_reason}
        return ("claim" if here == "new" else "start"), {}

    def _resolution(self, incident, row):
        """The log's closing codes are anonymous, so the incident counts as repaired and the code stays readable."""
        code = dict(row.facts).get("closed_code", "")
        if code:
            self.report.note(_("closing code without a meaning here: taken as repaired"), code)
        return {
            "resolution_code": ResolutionCode.FIXED,
            "resolution_notes": _("Resolved in the imported log (%(code)s).") % {"code": code or "—"},
            "service": incident.service or self.names.service(row),
        }

    def _take(self, incident, name, row, **values):
        actor = self.names.person(row.updated_by)
        transitions.move(incident, name, actor=actor, values=values, at=row.at, is_trusted=True)

    def _stamp(self, incident, rows):
        """One event that says how far the log was replayed, with what it knows beyond our fields."""
        last = rows[-1]
        for name, value in last.facts:
            if name in ("problem_id", "rfc", "vendor", "caused_by"):
                self.report.note(_("kept as data only: %(column)s") % {"column": name}, f"{last.number}: {value}")
        facts = dict(last.facts)
        with clock.travel(last.at):
            events.publish(
                STAMP, subject=incident, actor=None, is_public=False, version=incident.version,
                facts=incident.facts(), rows=len(rows), digest=_digest(rows), made_sla=_bracket(rows), log=facts,
            )  # fmt: skip


@transaction.atomic
def publish_imported(organisation, report) -> None:
    """Say once that a log was gone through, since what is replayed silently makes nobody look at it."""
    events.publish(
        "organisation.log_imported", subject=organisation, actor=None, is_public=False,
        created=report.created, continued=report.continued,
    )  # fmt: skip


def _bracket(rows):
    """Between which two updates the log's own service level broke: [last kept, first broken], or null."""
    broken = next((n for n, row in enumerate(rows) if row.made_sla is False), None)
    if broken is None:
        return None
    return [rows[broken - 1].at if broken else None, rows[broken].at]


def _digest(rows) -> str:
    return sha256("\n".join(row.fingerprint() for row in rows).encode()).hexdigest()


def _line(row):
    return _("line %(line)s") % {"line": row.line}


def _said(refusal):
    """The refusal in one line, with what it says about single fields."""
    details = "; ".join(str(message) for messages in refusal.fields.values() for message in messages)
    return details or str(refusal.message)
