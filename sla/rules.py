"""From a ticket's recorded facts to what a clock is told. Pure.

`terms` are the content of a `Terms` row (sla/services/matching.py writes them, `Engine` reads them through here).
"""

from dataclasses import replace

from sla.engine import BREACH, ClockPolicy, Phase, Reopen, Retarget, Situation, marks_of

NEXT_UPDATE = "next_update"
# What an answer of the desk ends: a wait for the first, or for the next.
ENDED_BY_ANSWERS = ("response", NEXT_UPDATE)
# Final states in which nothing was delivered, so that no promise was kept or broken.
NEVER_DELIVERED = frozenset({"cancelled", "withdrawn"})
# Fields of a ticket by which agreements are chosen, or a team or supplier comes to hold it.
DECISIVE = frozenset({"service_id", "organisation_id", "priority", "team_id", "pending_reason"})


def is_decisive(data) -> bool:
    """Whether what an event recorded may make other agreements apply."""
    return "affected_items" in data or bool(DECISIVE & data.get("changes", {}).keys())


def policy_of(terms) -> ClockPolicy:
    """The engine's rules out of snapshotted terms: the thresholds of the target and those of escalation steps."""
    marks = {*marks_of(terms["thresholds"]), *marks_of(step["mark"] for step in terms["steps"]), BREACH}
    return ClockPolicy(
        thresholds=tuple(marks),
        on_retarget=Retarget(terms["on_retarget"]),
        on_reopen=Reopen(terms["on_reopen"]),
        per_assignment=terms["per_assignment"],
    )


def steps_at(terms, mark) -> list[tuple[int, dict]]:
    """(index, step) of the escalation steps that are due at a mark."""
    return [(index, step) for index, step in enumerate(terms["steps"]) if marks_of([step["mark"]])[0] == mark]


def is_held(facts, terms) -> bool:
    """Whether the team or supplier whose share is measured has the ticket now; always, for the whole of it."""
    if terms["waits_for"]:
        return facts["pending_reason"] in terms["waits_for"]
    return terms["team"] is None or terms["team"] == facts["team"]


def phase_of(facts, terms) -> Phase:
    """What the ticket's state and pending reason ask of the clock; labels play no part.

    Whether it pauses while pending is for the agreement to say, reason by reason. A state that pauses without a reason
    has nobody of ours working: approvers or the requester have it.
    """
    if facts["state"] in NEVER_DELIVERED:
        return Phase.CANCEL
    if facts["clock"] == "stopped":
        return Phase.STOP
    if facts["clock"] == "paused" and facts["pending_reason"] in ("", *terms["pausing_reasons"]):
        return Phase.PAUSE
    return Phase.RUN


def situations_of(facts, terms, *, is_answer=False, mode=None) -> list[Situation]:
    """One metric's view of the ticket after one event. `facts` is what `Ticket.facts()` recorded with it.

    A public answer of the desk (`is_answer`) ends the wait for the next update and begins the next one.
    """
    priority = str(facts["priority"])
    now = Situation(
        phase=phase_of(facts, terms),
        target=terms["targets"].get(priority),
        calendar=str(terms["calendars"].get(priority) or next(iter(terms["calendars"].values()))),
        held=is_held(facts, terms),
        mode=Retarget(mode) if mode else None,
        stops=terms["metric"] == "response" and facts["has_responded"],
    )
    if is_answer and terms["metric"] == NEXT_UPDATE and now.phase.is_open:
        return [replace(now, phase=Phase.STOP), now]
    return [now]


def withdrawal(facts, terms) -> list[Situation]:
    """What a clock is told when no agreement stands behind it any more."""
    return [replace(situation, phase=Phase.CANCEL) for situation in situations_of(facts, terms)]
