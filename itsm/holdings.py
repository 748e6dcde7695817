"""What hangs on a person, app by app: whoever leaves hands it over, in this order (`core/holdings.py`)."""

from accounts import holdings as accounts
from catalog import holdings as catalog
from changes import holdings as changes
from cmdb import holdings as cmdb
from incidents import holdings as incidents
from knowledge import holdings as knowledge
from sla import holdings as sla
from tickets import holdings as tickets
from training import holdings as training

HOLDINGS = [
    incidents.command,
    tickets.open_work,
    tickets.votes,
    changes.work,
    accounts.leading,
    accounts.standing_by,
    cmdb.items,
    catalog.request_items,
    knowledge.articles,
    knowledge.paths,
    sla.agreements,
    training.sessions,
    accounts.keys,
]
