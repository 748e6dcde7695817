"""Commands on items, relations, classes, and on how services stand."""

from cmdb.services.announcing import announce, withdraw
from cmdb.services.attesting import (
    close_campaign,
    confirm_records,
    hand_over_record,
    object_to_record,
    open_campaign,
    remind_owners,
)
from cmdb.services.auditing import check_record, draw_sample
from cmdb.services.classing import add_attribute, keep_class, keep_relation_type, remove_attribute
from cmdb.services.documenting import add_document, add_file, remove_document, remove_file
from cmdb.services.duplicates import look_for_duplicates, tell_apart
from cmdb.services.freezing import take_baseline
from cmdb.services.keeping import create_item, dispute_item, edit_item, take_step, verify_item
from cmdb.services.merging import merge_items
from cmdb.services.outages import close_outages, discard_outage, end_outage, keep_outage, open_outage
from cmdb.services.relating import relate, unrelate
from cmdb.services.responsibilities import assign_responsibility, drop_responsibility
from cmdb.services.supporting import answer_for, answer_no_more_for

__all__ = [
    "add_attribute",
    "add_document",
    "add_file",
    "announce",
    "answer_for",
    "answer_no_more_for",
    "assign_responsibility",
    "check_record",
    "close_campaign",
    "close_outages",
    "confirm_records",
    "create_item",
    "discard_outage",
    "dispute_item",
    "draw_sample",
    "drop_responsibility",
    "edit_item",
    "end_outage",
    "hand_over_record",
    "keep_class",
    "keep_outage",
    "keep_relation_type",
    "look_for_duplicates",
    "merge_items",
    "object_to_record",
    "open_campaign",
    "open_outage",
    "relate",
    "remind_owners",
    "remove_attribute",
    "remove_document",
    "remove_file",
    "take_baseline",
    "take_step",
    "tell_apart",
    "unrelate",
    "verify_item",
    "withdraw",
]
