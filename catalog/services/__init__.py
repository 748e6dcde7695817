"""Commands of the catalogue and on service requests. What any ticket can do is in tickets.services."""

from catalog.services.automatic import close_accepted
from catalog.services.drafting import discard_draft, keep_draft
from catalog.services.importing import import_catalogue
from catalog.services.keeping import keep_form, publish_form, save_category, save_item, save_route, save_tasks
from catalog.services.reacting import begin, fulfil, go_on, plan, send_back, stop
from catalog.services.requesting import resubmit, submit

__all__ = [
    "begin",
    "close_accepted",
    "discard_draft",
    "fulfil",
    "go_on",
    "import_catalogue",
    "keep_draft",
    "keep_form",
    "plan",
    "publish_form",
    "resubmit",
    "save_category",
    "save_item",
    "save_route",
    "save_tasks",
    "send_back",
    "stop",
    "submit",
]
