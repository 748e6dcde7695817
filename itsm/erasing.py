"""What is forgotten of somebody (`core/forgetting.py`): the texts first, what points to them next, the person last.

Every row that points to a person loses their identity in all its words, except what is named here with its reason.
"""

from django.utils.translation import gettext_lazy as _

from accounts.services.privacy import erase_person
from changes.erasing import erase as erase_changes
from core.forgetting import erase_rows
from integrations.erasing import erase as erase_letters
from integrations.erasing import letters_of
from knowledge.erasing import erase as erase_articles
from knowledge.erasing import learning_of
from notifications.erasing import erase as erase_news
from problems.erasing import erase as erase_problems
from tickets.erasing import erase as erase_tickets
from training.erasing import erase as erase_training

ERASERS = [erase_changes, erase_tickets, erase_problems, erase_articles, erase_training, erase_news, erase_letters]
ERASERS += [erase_rows, erase_person]

# What is theirs though it does not point to them: part of the copy they may ask for.
RELATED = [letters_of, learning_of]

# Theirs alone and of use to nobody else: deleted.
GONE = {
    "accounts.ApiToken",
    "accounts.DirectoryLine",
    "accounts.IdempotentAnswer",
    "accounts.PersonSession",
    "catalog.Draft",
    "changes.CalendarFeed",
    "notifications.ChatChannel",
    "notifications.Mail",
    "notifications.MailHours",
    "notifications.Notification",
    "notifications.Preference",
    "tickets.Draft",
    "tickets.KeyChoice",
    "tickets.Presence",
    "tickets.SavedView",
}

_PEOPLE = _("Others who pointed to them: what names those is theirs.")
_SEALED = _("The ledger is sealed: it knows people by number, and a changed entry would break it.")
_SIGNED = _("Agreements are proof for both sides: who signed stays named under what was signed, as long as it is kept.")
_FROZEN = _("Published or recorded once and frozen by the database, because others rely on exactly these words.")
_MEASURED = _("Times that were measured; there are no words of people in it.")
_SYSTEM = _("Written by the system: keys, states and sums that say nothing about a person.")
_CODE = _("A code by which other systems and links know a thing; who answers for the thing renames it.")

# Model, model and column, or a column of any model: why it stays as it is.
KEPT = {
    "accounts.User": _PEOPLE,
    "events.Event": _SEALED,
    "sla.Signature": _SIGNED,
    "catalog.FormVersion": _FROZEN,
    "cmdb.Baseline": _FROZEN,
    "sla.Clock": _MEASURED,
    "slug": _CODE,
    "source_ref": _CODE,
    **dict.fromkeys(
        [
            "content_type", "effect_key", "item_classes", "item_kinds", "kind", "language",
            "message_id", "number", "scope_hash", "sha256", "source", "state",
            "thread_id", "zone",
        ],
        _SYSTEM,
    ),
}  # fmt: skip
