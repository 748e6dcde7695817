"""Reading clocks and calendars."""

from sla.selectors.calendars import business_days_after, business_days_passed, office_calendar
from sla.selectors.chips import Chip, chip_of, chips_for
from sla.selectors.receipts import receipts_of
from sla.selectors.service_hours import service_hours

__all__ = [
    "Chip",
    "business_days_after",
    "business_days_passed",
    "chip_of",
    "chips_for",
    "office_calendar",
    "receipts_of",
    "service_hours",
]
