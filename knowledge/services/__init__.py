from knowledge.services.confirming import ask_to_confirm
from knowledge.services.files import add_file, remove_file
from knowledge.services.follow_ups import answer_follow_up
from knowledge.services.learning import allow_try, answer, give_path, miss_article, read_step, settle, welcome
from knowledge.services.paths import keep_path, keep_question, keep_step, move_step, remove_question, take_out_step
from knowledge.services.reading import (
    count_shown,
    count_view,
    end_help,
    find_after_all,
    give_feedback,
    look_in_vain,
    open_for_help,
)
from knowledge.services.reminding import remind
from knowledge.services.reviewing import publish_due, take_step
from knowledge.services.standards import check_quality, keep_quality_question, keep_template
from knowledge.services.writing import edit, follow_source, revise, set_about, write

__all__ = [
    "add_file",
    "allow_try",
    "answer",
    "answer_follow_up",
    "ask_to_confirm",
    "check_quality",
    "count_shown",
    "count_view",
    "edit",
    "end_help",
    "find_after_all",
    "follow_source",
    "give_feedback",
    "give_path",
    "keep_path",
    "keep_quality_question",
    "keep_question",
    "keep_step",
    "keep_template",
    "look_in_vain",
    "miss_article",
    "move_step",
    "open_for_help",
    "publish_due",
    "read_step",
    "remind",
    "remove_file",
    "remove_question",
    "revise",
    "set_about",
    "settle",
    "take_out_step",
    "take_step",
    "welcome",
    "write",
]
