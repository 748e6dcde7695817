"""The neighbourhood of an item: drawn, as a tree, as a table."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from cmdb.selectors import graph as graphs
from cmdb.selectors.listing import services_failing
from cmdb.views.listing import found_item
from core.access import desk_view
from core.panels import marks_on

WAYS = {
    "down": _("What fails with it"),
    "up": _("What it needs"),
    "both": pgettext_lazy("ways through a graph", "Both"),
}


@desk_view
@require_safe
def graph(request, pk):
    item = found_item(request, pk)
    way = request.GET.get("way", "")
    way = way if way in WAYS else "down"
    typed = request.GET.get("depth", "")
    depth = int(typed) if typed in map(str, range(1, graphs.DEEPEST + 1)) else 4
    around = graphs.around(request.user, item, way=way, depth=depth)
    ids = [row.item.pk for row in around.rows[: graphs.BUDGET]]
    marks = marks_on("item-graph", request.user, ids)
    rows = [(row, [(label, counts[row.item.pk]) for label, counts in marks.values() if row.item.pk in counts])
            for row in around.rows[: graphs.BUDGET]]  # fmt: skip
    context = {
        "item": item,
        "ways": WAYS.items(),
        "way": way,
        "depth": depth,
        "depths": range(1, graphs.DEEPEST + 1),
        "around": around,
        "rows": rows,
        "more": max(0, len(around.rows) - graphs.BUDGET),
        "tree": graphs.tree_of(around.rows),
        # However far away they are and however much is left out of the drawing.
        "impacted": services_failing(request.user, [item]) if way != "up" else None,
        "drawing": graphs.drawing_of(around, marks),
    }
    return render(request, "cmdb/graph.html", context)
