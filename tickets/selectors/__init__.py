"""Reading tickets: what a person may read of one, finding many, and which ones are alike."""

from tickets.selectors.searching import Best, best, matching, nearly_numbered, numbered, saying
from tickets.selectors.similar import Similar, resolutions, similar
from tickets.selectors.timeline import Entry, timeline
from tickets.selectors.watching import watched_by, watching

__all__ = [
    "Best", "Entry", "Similar", "best", "matching", "nearly_numbered", "numbered", "resolutions", "saying", "similar",
    "timeline", "watched_by", "watching",
]  # fmt: skip
