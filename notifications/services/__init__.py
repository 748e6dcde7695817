from notifications.services.bouncing import note_bounce
from notifications.services.chat_sending import send_due_chats
from notifications.services.chat_telling import tell_teams
from notifications.services.choosing import choose
from notifications.services.outbox import discard, release, release_held
from notifications.services.reading import mark_all_read, mark_read
from notifications.services.sending import send_due
from notifications.services.telling import take_back, tell, tell_account

__all__ = [
    "choose",
    "discard",
    "mark_all_read",
    "mark_read",
    "note_bounce",
    "release",
    "release_held",
    "send_due",
    "send_due_chats",
    "take_back",
    "tell",
    "tell_account",
    "tell_teams",
]
