from notifications.services.choosing import choose
from notifications.services.outbox import discard, release, release_held
from notifications.services.reading import mark_all_read, mark_read
from notifications.services.sending import send_due
from notifications.services.telling import tell, tell_account

__all__ = [
    "choose",
    "discard",
    "mark_all_read",
    "mark_read",
    "release",
    "release_held",
    "send_due",
    "tell",
    "tell_account",
]
