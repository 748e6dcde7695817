"""What must not be answered, lest mail begets mail: machines, lists, ourselves, floods, forgeries."""

from integrations import selectors
from integrations.letters import Nature
from integrations.vocabulary import Reason, State

MOST_OF_SENDER = 20
MOST_OF_MAILBOX = 600


def why(message, letter, *, is_vouched):
    """(state, reason) of a letter that is not handled, or None. Somebody who vouches outweighs all but a loop."""
    if letter.sender.address in selectors.own_addresses() or _is_ours(letter):
        return State.IGNORED, Reason.LOOP
    if selectors.came_elsewhere(message):
        return State.IGNORED, Reason.DUPLICATE
    if is_vouched:
        return None
    if letter.nature == Nature.LIST:
        return State.IGNORED, Reason.LIST
    if letter.nature == Nature.AUTOMATIC:
        return State.IGNORED, Reason.AUTOMATIC
    if letter.is_forged:
        return State.QUARANTINED, Reason.FORGED
    if _is_flood(message):
        return State.QUARANTINED, Reason.TOO_MANY
    return None


def _is_ours(letter):
    return selectors.correspondence().mail_sent_as((letter.message_id,)) is not None


def _is_flood(message):
    before = message.received_at
    return (
        selectors.recent_count(sender=message.sender, before=before) > MOST_OF_SENDER
        or selectors.recent_count(mailbox=message.mailbox_id, before=before) > MOST_OF_MAILBOX
    )
