"""What lies beside a ticket, for its page: tags, checklist, minutes, one's own snooze and draft."""

from core import clock
from tickets import rules
from tickets.models import Draft, Snooze

SHOWN_ENTRIES = 500


def context_for(user, ticket) -> dict:
    """For people of the desk who read its notes; to anybody else there is nothing beside it."""
    if not rules.reads_internal(user, ticket):
        return {"beside": None}
    steps = list(ticket.checklist.select_related("done_by", "run__version__article"))
    entries = list(ticket.time_entries.select_related("person")[:SHOWN_ENTRIES])
    return {
        "beside": {
            "may_change": rules.triages_it(user, ticket),
            "tags": list(ticket.tags.all()),
            "steps": steps,
            "done": sum(step.done_at is not None for step in steps),
            "entries": entries,
            "minutes": sum(entry.minutes for entry in entries),
            "snooze": Snooze.objects.filter(ticket=ticket.pk, person=user, until__gt=clock.now()).first(),
        },
        "draft": Draft.objects.filter(person=user, ticket=ticket.pk, kind=Draft.Kind.ANSWER).first(),
    }


def open_duties(ticket) -> list[str]:
    """Mandatory steps that nobody ticked off: to be shown before the ticket is resolved."""
    return list(ticket.checklist.filter(is_mandatory=True, done_at=None).values_list("text", flat=True))
