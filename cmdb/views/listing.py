"""Reading: the list, one item, finding items while typing, a baseline and what changed since."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cmdb import rules
from cmdb.forms.items import FilterForm
from cmdb.models import Baseline, ConfigurationItem, ItemDocument, ItemFile, Outage
from cmdb.selectors import baselines, duplicates, history, importing, listing
from cmdb.selectors.nearby import Nearby
from cmdb.workflow import ITEM, OVER
from core.access import desk_view
from core.panels import panels_on

FOUND = 12
SHOWN = 30
RELATED = ("item_class", "owner", "used_by", "support_team", "location", "organisation", "verified_by")


def found_item(request, pk):
    return get_object_or_404(ConfigurationItem.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


@desk_view
@require_safe
def items(request):
    form = FilterForm(request.user, request.GET)
    after = request.GET.get("after", "")[:80].replace("\0", "")
    page = listing.page_of(listing.filtered(request.user, form.asked()), after)
    context = {"form": form, "page": page, "may_shape": rules.keeps_classes(request.user)}
    return render(request, "cmdb/items.html", context)


@desk_view
@require_safe
def item(request, pk):
    """Everything about one item: what it is, what it rests on, what rests on it, what happened to it."""
    one = found_item(request, pk)
    facts, former = listing.facts_of(one)
    visible = ConfigurationItem.objects.visible_to(request.user).select_related("item_class")
    context = {
        "item": one,
        "facts": facts,
        "former": former,
        "relations": listing.relations_of(request.user, one, limit=SHOWN),
        "is_kept": one.merged_into_id is None,
        "heir": visible.filter(pk=one.merged_into_id).first() if one.merged_into_id else None,
        "proposals": duplicates.with_reasons(duplicates.about(request.user, one)),
        "may_merge": rules.merges_items(request.user),
        "missing": one.what_is_missing() if one.state not in OVER else [],
        "steps": ITEM.available(request.user, one),
        "impact": _shown(visible, Nearby(one.pk, way="down").failing(), one),
        "needed": _shown(visible, Nearby(one.pk, way="up").reachable(), one),
        "history": history.history_of(request.user, one, limit=SHOWN),
        "reported": importing.reported_of(one),
        "baselines": list(one.baselines.select_related("taken_by")[:SHOWN]),
        "documents": list(ItemDocument.objects.visible_to(request.user).filter(item=one.pk)[:SHOWN]),
        "files": list(ItemFile.objects.visible_to(request.user).filter(item=one.pk).select_related("uploaded_by")),
        "outages": list(Outage.objects.visible_to(request.user).filter(service=one.pk)[:5]),
        "panels": panels_on("item", request, one),
    }
    return render(request, "cmdb/item.html", context)


@desk_view
@require_safe
def relations(request, pk):
    """All relations of one item, a page at a time."""
    one, after = found_item(request, pk), request.GET.get("after", "")
    after = int(after) if after.isdecimal() and len(after) < 18 else 0
    context = {"item": one, "relations": listing.relations_of(request.user, one, after=after), "is_first": not after}
    return render(request, "cmdb/relations.html", context | {"is_kept": one.merged_into_id is None})


def _shown(visible, walk, start):
    """Items, nearest first, and how many were reached beside the start, at least."""
    near = sorted((step.depth, pk) for pk, step in walk.reached.items() if pk != start.pk)
    found = visible.in_bulk([pk for _depth, pk in near[:SHOWN]])
    return {"rows": [(found[pk], depth) for depth, pk in near[:SHOWN] if pk in found], "count": len(near),
            "has_more": walk.has_more}  # fmt: skip


@desk_view
@require_safe
def find(request):
    """Items that hold what was typed, as options of the relation form."""
    text = (request.GET.get("other") or request.GET.get("q") or "")[:80].replace("\0", "").strip()
    rows = ConfigurationItem.objects.visible_to(request.user).in_use() if len(text) > 1 else None
    found = list(rows.found(text).select_related("item_class").order_by("slug")[:FOUND]) if rows is not None else []
    return render(request, "cmdb/_options.html", {"found": found})


@desk_view
@require_safe
def baseline(request, pk):
    """A baseline, and what differs now, or in another baseline of the same item (?with=)."""
    one = get_object_or_404(Baseline.objects.visible_to(request.user).select_related("item", "taken_by"), pk=pk)
    others = list(one.item.baselines.exclude(pk=pk)[:SHOWN])
    other = next((b for b in others if str(b.pk) == request.GET.get("with", "")), None)
    after = other.content if other else baselines.content_of(one.item, is_whole=one.is_whole)
    context = {"baseline": one, "others": others, "other": other, "item": one.item}
    context["differences"] = history.differing(request.user, baselines.differences(one.content, after))
    return render(request, "cmdb/baseline.html", context)
