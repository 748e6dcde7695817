from knowledge.services.files import add_file, remove_file
from knowledge.services.reading import (
    count_view,
    end_help,
    find_after_all,
    give_feedback,
    look_in_vain,
    open_for_help,
)
from knowledge.services.reviewing import ask_to_confirm, publish_due, take_step
from knowledge.services.writing import edit, revise, set_about, write

__all__ = [
    "add_file",
    "ask_to_confirm",
    "count_view",
    "edit",
    "end_help",
    "find_after_all",
    "give_feedback",
    "look_in_vain",
    "open_for_help",
    "publish_due",
    "remove_file",
    "revise",
    "set_about",
    "take_step",
    "write",
]
