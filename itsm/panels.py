"""Who shows what: boxes and marks on the pages of apps that lie below those they come from."""

from django.utils.translation import gettext_lazy as _

from core.panels import Mark, Panel
from portal.desk import panels

PANELS: list[Panel] = [
    Panel("item", panels.tickets_on_item),
]

MARKS: list[Mark] = [
    Mark("item-graph", "tickets", _("Open tickets"), panels.open_tickets_by_item),
]
