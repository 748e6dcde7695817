"""Behind every major incident stands a problem."""

from problems.services.raising import open_problem
from tickets.models import TicketLink


def open_for_major(event):
    """`now` handler of major.stood_down: a problem is opened, unless one is linked that looks for the cause."""
    incident = event.subject.typed
    linked = incident.links_out.filter(kind=TicketLink.Kind.CAUSED_BY, target__kind="problem")
    if linked.filter(target__is_open=True).exists():
        return
    open_problem(
        actor=event.actor, organisation=incident.organisation, title=incident.title, impact=incident.impact,
        urgency=incident.urgency, service=incident.service, category=incident.category, team=incident.team,
        affected_items=list(incident.affected_items.all()), incidents=[incident], at=event.at,
    )  # fmt: skip
