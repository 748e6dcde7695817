"""Who is told of what: pure rules from an event to people. Whether they may still see it is asked elsewhere."""

from dataclasses import dataclass, field

from notifications.vocabulary import Kind

LEAD_FROM_PERCENT = 75
LOW_SCORE = 2
# A confirmation goes to whoever acted; everything else one has done oneself is silent.
_ALSO_TO_ACTOR = {Kind.RECEIVED, Kind.SURVEY, Kind.APPROVAL}


@dataclass(frozen=True)
class Scene:
    """An event and the people around its ticket, by key.

    `holder_ids`: the assignee, else the members of the team, else the first line that triages for this customer.
    `already_told`: people who hear the same words with the action they were spoken with.
    """

    name: str
    data: dict
    actor_id: int | None = None
    is_public: bool = True
    is_reaction: bool = False
    requester_ids: tuple = ()
    assignee_id: int | None = None
    member_ids: tuple = ()
    holder_ids: tuple = ()
    watcher_ids: tuple = ()
    lead_id: int | None = None
    already_told: frozenset = field(default_factory=frozenset)


def told(scene) -> dict[int, Kind]:
    """{person: kind of news}; the first rule that names a person wins, and own actions are silent."""
    rule = _RULES.get(scene.name)
    people = {}
    for person, kind in rule(scene) if rule else ():
        if person is None or person in scene.already_told:
            continue
        if person == scene.actor_id and kind not in _ALSO_TO_ACTOR:
            continue
        people.setdefault(person, kind)
    return people


def _each(people, kind):
    return [(person, kind) for person in people]


def _holders(scene, kind):
    """`kind` for the person who has it; mere news in the queue for a whole team."""
    return [(person, kind if person == scene.assignee_id else Kind.QUEUED) for person in scene.holder_ids]


def _reported(scene):
    return _each(scene.requester_ids, Kind.RECEIVED)


def _commented(scene):
    people = _each(scene.data.get("mentioned", ()), Kind.MENTIONED)
    if scene.data.get("by_requester"):
        people += _holders(scene, Kind.ANSWERED)
    if scene.is_public:
        people += _each(scene.requester_ids, Kind.REPLIED)
    return [*people, (scene.assignee_id, Kind.ACTIVITY), *_each(scene.watcher_ids, Kind.WATCHED)]


def _shared(scene):
    """Whoever may follow a ticket from now on; whoever began to follow it themselves knows."""
    return [(scene.data.get("user"), Kind.SHARED)]


def _assigned(scene):
    if scene.assignee_id:
        return [(scene.assignee_id, Kind.ASSIGNED)]
    return _each(scene.member_ids, Kind.QUEUED)


def _handed_over(scene):
    return [*_each(scene.member_ids, Kind.ESCALATED), *_each(scene.watcher_ids, Kind.WATCHED)]


def _held(scene):
    if (scene.data.get("values") or {}).get("pending_reason") != "caller":
        return []
    return _each(scene.requester_ids, Kind.WAITING)


def _resumed(scene):
    # A reply that resumes was announced as a reply.
    return [] if scene.actor_id or scene.is_reaction else _holders(scene, Kind.RESUMED)


def _woke(scene):
    return [(scene.data.get("person"), Kind.RESUMED)]


def _resolved(scene):
    return [*_each(scene.requester_ids, Kind.RESOLVED), *_each(scene.watcher_ids, Kind.WATCHED)]


def _closed(scene):
    return [*_each(scene.requester_ids, Kind.CLOSED), *_each(scene.watcher_ids, Kind.WATCHED)]


def _reopened(scene):
    return [*_holders(scene, Kind.REOPENED), *_each(scene.watcher_ids, Kind.WATCHED)]


def _nudged(scene):
    return _each(scene.holder_ids, Kind.NUDGED)


def _raised(scene):
    return _each(scene.data.get("told", ()), Kind.RAISED)


def _deadline_near(scene):
    if not scene.data.get("notify", True):
        return []
    if (scene.data.get("pct") or 0) < LEAD_FROM_PERCENT:
        return _each(scene.holder_ids, Kind.SLA_WARNING)
    return _each([*scene.holder_ids, scene.lead_id], Kind.SLA_WARNING)


def _deadline_missed(scene):
    if not scene.data.get("notify", True):
        return []
    return [*_holders(scene, Kind.SLA_BREACHED), (scene.lead_id, Kind.SLA_BREACHED)]


def _called(scene):
    """Who has to answer is called, whatever the step; the others are informed."""
    is_call = scene.data.get("acknowledge_by") or scene.data.get("action") == "tell_on_call"
    return _each(scene.data["told"], Kind.ON_CALL if is_call else Kind.SLA_ESCALATED)


def _asked(scene):
    return [(scene.data.get("recipient"), Kind.SURVEY)]


def _rated(scene):
    return [(scene.lead_id, Kind.LOW_SCORE)] if (scene.data.get("score") or 5) <= LOW_SCORE else []


def _approvers(scene):
    """Whoever gave the vote that opened this step may have to decide here, too."""
    return _each(scene.data["told"], Kind.APPROVAL)


def _decided(scene):
    return _each(scene.requester_ids, Kind.DECIDED)


def _stuck(scene):
    return _each(scene.data["told"], Kind.STUCK)


def _task(scene):
    """Who has a task; what runs by itself concerns people only when it fails."""
    if scene.data.get("automatic") and scene.name == "task.opened":
        return []
    return _holders(scene, Kind.TASK)


def _task_late(scene):
    """Who has it, and whoever answers for its ticket."""
    return [*_task(scene), *_each(scene.data.get("told", ()), Kind.TASK)]


def _called_off(scene):
    """Who had one of the tasks that nobody needs any more."""
    return _each(scene.data.get("told", ()), Kind.ACTIVITY)


def _major(scene):
    return _each(scene.data["told"], Kind.MAJOR)


def _change(scene):
    """Who prepares it, carries it out, or owes something about it."""
    return _each(scene.data.get("told", ()), Kind.CHANGE)


def _problem(scene):
    """Whoever has it, of what comes to it by itself."""
    return _each(scene.data.get("told", ()), Kind.PROBLEM)


def _risk_due(scene):
    """Whoever has it and whoever agreed to the risk; the lead, too: those may have left since."""
    return _each([*scene.data.get("told", ()), scene.lead_id], Kind.PROBLEM)


def _problem_described(scene):
    """Whoever was made its owner."""
    return [(scene.assignee_id, Kind.ASSIGNED)] if "assignee_id" in (scene.data.get("changes") or {}) else []


def _informed(scene):
    """Whoever reported it hears what everybody hears."""
    return _each(scene.requester_ids, Kind.MAJOR)


def _announced(scene):
    return _each(scene.requester_ids, Kind.PROGRESS)


_RULES = {
    "incident.reported": _reported,
    "ticket.commented": _commented,
    "incident.assigned": _assigned,
    "incident.escalated": _handed_over,
    "incident.sent_back": _handed_over,
    "incident.held": _held,
    "incident.resumed": _resumed,
    "incident.resolved": _resolved,
    "incident.closed": _closed,
    "incident.cancelled": _closed,
    "incident.reopened": _reopened,
    "request.reported": _reported,
    "request.assigned": _assigned,
    "request.held": _held,
    "request.resumed": _resumed,
    "request.fulfilled": _resolved,
    "request.closed": _closed,
    "request.cancelled": _closed,
    "request.reopened": _reopened,
    "ticket.watched": _shared,
    "ticket.nudged": _nudged,
    "ticket.woke": _woke,
    "incident.raised_to_lead": _raised,
    "sla.threshold_crossed": _deadline_near,
    "sla.breached": _deadline_missed,
    "sla.escalated": _called,
    "approval.requested": _approvers,
    "approval.reminded": _approvers,
    "approval.granted": _decided,
    "approval.rejected": _decided,
    "approval.stuck": _stuck,
    "task.opened": _task,
    "task.assigned": _task,
    "task.failed": _task,
    "task.due": _task,
    "task.late": _task_late,
    "task.announced": _announced,
    "task.called_off": _called_off,
    "major.proposed": _major,
    "major.declared": _major,
    "major.updated": _major,
    "major.informed": _informed,
    "change.scheduled": _change,
    "change.held_up": _change,
    "change.reassessed": _change,
    "change.rewritten": _change,
    "change.rejected": _change,
    "change.backed_out": _change,
    "change.cancelled": _change,
    "change.assessment_overdue": _change,
    "change.cause_suggested": _change,
    "change.collided": _change,
    "change.frozen": _change,
    "change.thawed": _change,
    "change.exception_asked": _change,
    "change.exception_granted": _change,
    "change.exception_refused": _change,
    "problem.reported": _assigned,
    "problem.described": _problem_described,
    "problem.known": _problem,
    "problem.fix_in_place": _problem,
    "problem.fix_failed": _problem,
    "problem.recurred": _problem,
    "problem.risk_refused": _problem,
    "problem.risk_review_due": _risk_due,
    "problem.closed": _problem,
    "survey.sent": _asked,
    "survey.answered": _rated,
}
HEARD = tuple(_RULES)
