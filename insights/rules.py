"""Who reads figures, and the spans that figures use."""

from datetime import timedelta

DUE_SOON = timedelta(hours=2)
# Ages of open tickets: key, from, to (exclusive). None is unbounded.
AGES = (
    ("1d", timedelta(0), timedelta(days=1)),
    ("3d", timedelta(days=1), timedelta(days=3)),
    ("7d", timedelta(days=3), timedelta(days=7)),
    ("14d", timedelta(days=7), timedelta(days=14)),
    ("30d", timedelta(days=14), timedelta(days=30)),
    ("older", timedelta(days=30), None),
)
AGE_BOUNDS = {key: (low, high) for key, low, high in AGES}


def reads_figures(user) -> bool:
    """Everybody of the desk: what they may not see is not counted, so each reads the figures of what they serve."""
    return user.is_staff_member
