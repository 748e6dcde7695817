"""Who shows what: boxes and marks on the pages of apps that lie below those they come from."""

from django.utils.translation import gettext_lazy as _

from changes import panels as changes
from cmdb import panels as cmdb
from core.panels import Mark, Panel
from knowledge import panels as knowledge
from portal.desk import panels
from problems import panels as problems

PANELS: list[Panel] = [
    Panel("team", cmdb.objects_of_team),
    Panel("item", panels.tickets_on_item),
    Panel("item", changes.drift_on_item),
    Panel("item", changes.changes_on_item),
    Panel("item", problems.problems_on_item),
    Panel("item", changes.windows_on_item),
    Panel("article-usage", panels.tickets_of_article),
    Panel("learning", knowledge.paths_of_reader),
]

MARKS: list[Mark] = [
    Mark("item-graph", "tickets", _("Open tickets"), panels.open_tickets_by_item),
    Mark("article-usage", "tickets", _("Tickets linked"), panels.tickets_by_article),
    Mark("item-graph", "changes", _("Open changes"), changes.open_changes_by_item),
]
