"""Reading tickets: what a person may read of one, finding many, and which ones are alike."""

from tickets.selectors.searching import Best, best, matching, numbered, saying
from tickets.selectors.similar import Similar, similar
from tickets.selectors.timeline import Entry, timeline

__all__ = ["Best", "Entry", "Similar", "best", "matching", "numbered", "saying", "similar", "timeline"]
