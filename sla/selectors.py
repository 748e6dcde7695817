"""Reading clocks and calendars."""

from datetime import timedelta


def business_days_passed(start, end, *, organisation) -> int:
    """Whole working days that lie between two instants."""
    days = (end.date() - start.date()).days
    return sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, days + 1))
