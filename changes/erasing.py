"""Forgetting somebody in changes: what was approved stays approved, though its plan names them no more."""

from changes.models import Change
from changes.selectors.scope import scope_of
from core.forgetting import columns_to_scrub, records_of
from tickets.models import ApprovalRound, Ticket
from tickets.models.approving import hash_of

STANDING = ("awaiting_approval", "scheduled")


def erase(person, identity):
    """Before the tickets: a plan that was asked for, and nothing else was done to, keeps its approval."""
    keys = records_of(Ticket, person)
    for change in Change.objects.filter(pk__in=keys, state__in=STANDING).order_by("pk").iterator(chunk_size=200):
        before = hash_of(scope_of(change))
        if change.scope_hash != before or not identity.scrub(
            Change.objects.filter(pk=change.pk), *columns_to_scrub(Change)
        ):
            continue
        change.refresh_from_db()
        after = hash_of(scope_of(change))
        Change.objects.filter(pk=change.pk).update(scope_hash=after)
        ApprovalRound.objects.filter(ticket=change.pk, scope_hash=before).update(scope_hash=after)
