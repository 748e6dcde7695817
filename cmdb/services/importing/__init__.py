"""Imports as reconciliation: what sources say is matched, decided, written, and taken back."""

from cmdb.services.importing.reporting import Report, take_report
from cmdb.services.importing.runs import (
    discard,
    guessed,
    map_columns,
    order_apply,
    order_undo,
    sheet_of,
    start_source,
    upload,
)
from cmdb.services.importing.sources import keep_source, known_targets, renew_token, revoke_token, usual_rules
from cmdb.services.importing.working import work, work_all

__all__ = [
    "Report",
    "discard",
    "guessed",
    "keep_source",
    "known_targets",
    "map_columns",
    "order_apply",
    "order_undo",
    "renew_token",
    "revoke_token",
    "sheet_of",
    "start_source",
    "take_report",
    "upload",
    "usual_rules",
    "work",
    "work_all",
]
