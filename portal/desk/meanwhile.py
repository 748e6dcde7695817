"""What changed since somebody opened a form, in sentences; their typed text is sent back with it."""

from tickets.sentences import Names, differences, sentence


def told(stale) -> list[dict]:
    """Each change a stale writer has not seen: who, when, what, and the properties before and after."""
    names = Names(stale.changes)
    return [
        {"actor": event.actor, "at": event.at, "text": sentence(event, names), "changes": differences(event, names)}
        for event in stale.changes
    ]


def typed(data) -> list[tuple[str, str, bool]]:
    """(name, value, is long) of what was sent, to be sent again; never the token or the version."""
    skipped = {"csrfmiddlewaretoken", "version"}
    return [
        (name, value, len(value) > 60 or "\n" in value or name in ("body", "note", "comment", "resolution_notes"))
        for name in data
        if name not in skipped
        for value in data.getlist(name)
    ]
