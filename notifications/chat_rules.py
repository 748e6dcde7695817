"""What a team's chat hears: pure rules from an event to a kind of news."""

from fnmatch import fnmatchcase

from notifications.vocabulary import Kind

_KINDS = {
    "*.reported": Kind.QUEUED,
    "*.assigned": Kind.QUEUED,
    "*.escalated": Kind.ESCALATED,
    "*.sent_back": Kind.ESCALATED,
    "sla.threshold_crossed": Kind.SLA_WARNING,
    "sla.breached": Kind.SLA_BREACHED,
    "task.failed": Kind.TASK,
    "major.declared": Kind.MAJOR,
    "major.updated": Kind.MAJOR,
}
HEARD = tuple(_KINDS)
_SOMETHING_ELSE = ("sla.escalated", "task.assigned")


def kind_for_team(name, data) -> Kind | None:
    """The kind under which a team's chat hears an event; None when it does not."""
    if name in _SOMETHING_ELSE or (name.startswith("sla.") and not data.get("notify", True)):
        return None
    if name.endswith(".assigned") and (data.get("facts") or {}).get("assignee"):
        return None
    return next((kind for pattern, kind in _KINDS.items() if fnmatchcase(name, pattern)), None)
