"""From a ticket's recorded facts to what a clock is told. Pure."""

from sla.engine import ClockPolicy, Phase, Reopen, Retarget, Situation


def policy_of(terms) -> ClockPolicy:
    """The engine's rules out of a clock's snapshotted terms."""
    return ClockPolicy(
        thresholds=tuple(terms["thresholds"]),
        on_retarget=Retarget(terms["on_retarget"]),
        on_reopen=Reopen(terms["on_reopen"]),
    )


def phase_of(facts, terms) -> Phase:
    """What the ticket's state and pending reason ask of the clock; labels play no part."""
    if facts["state"] == "cancelled":
        return Phase.CANCEL
    if facts["clock"] == "stopped":
        return Phase.STOP
    if facts["clock"] == "paused" and facts["pending_reason"] in terms["pausing_reasons"]:
        return Phase.PAUSE
    return Phase.RUN


def situation_of(facts, terms, *, metric) -> Situation:
    """One metric's view of the ticket after one event. `facts` is what `Ticket.facts()` recorded with it."""
    priority = str(facts["priority"])
    return Situation(
        phase=phase_of(facts, terms),
        target=terms["targets"].get(priority),
        calendar=str(terms["calendars"].get(priority) or next(iter(terms["calendars"].values()))),
        stops=metric == "response" and facts["has_responded"],
    )
