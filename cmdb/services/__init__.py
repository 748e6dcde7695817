"""Commands on how services stand."""

from cmdb.services.announcing import announce, withdraw
from cmdb.services.outages import close_outages, discard_outage, end_outage, keep_outage, open_outage

__all__ = ["announce", "close_outages", "discard_outage", "end_outage", "keep_outage", "open_outage", "withdraw"]
