"""Commands: keep a mailbox, take a letter in, handle it again, look into the mailboxes."""

from integrations.services.mailboxes import save_mailbox, try_connection
from integrations.services.polling import poll
from integrations.services.receiving import handle_waiting, replay, take_in

__all__ = ["handle_waiting", "poll", "replay", "save_mailbox", "take_in", "try_connection"]
