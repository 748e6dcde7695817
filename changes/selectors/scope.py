"""What a change is about to touch, when and how: the scope that is assessed, approved and scheduled."""


def item_ids(change) -> list[int]:
    """Keys of the affected items in order; where none is named, of the service it is about. One query."""
    return change.item_ids()


def scope_of(change) -> dict:
    """What an approval stands for: change it, and it has to be asked for again (`tickets.models.approving.hash_of`).

    Who carries it out is no part of it: that they do not approve it themselves is looked at each time.
    """
    return {
        "type": change.type,
        "items": item_ids(change),
        "start": change.planned_start.isoformat() if change.planned_start else None,
        "end": change.planned_end.isoformat() if change.planned_end else None,
        **{name: getattr(change, name) for name in ("plan", "steps", "rollback_plan", "back_out_steps")},
    }
