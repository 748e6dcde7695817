"""Commands about what people can do and learn."""

from training.services.assessing import assess
from training.services.courses import keep_course
from training.services.enrolling import enrol, give_back_seats, withdraw
from training.services.holders import tell_of_last_holder
from training.services.planning import add_item, drop_item, keep_plan, step_plan
from training.services.sessions import cancel_session, hold_session, keep_session

__all__ = [
    "add_item",
    "assess",
    "cancel_session",
    "drop_item",
    "enrol",
    "give_back_seats",
    "hold_session",
    "keep_course",
    "keep_plan",
    "keep_session",
    "step_plan",
    "tell_of_last_holder",
    "withdraw",
]
