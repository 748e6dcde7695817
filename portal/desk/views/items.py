"""The affected items of a ticket: found, added, taken away, and disputed on the spot."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem
from cmdb.selectors.picking import meant
from core.access import desk_view
from core.errors import InvalidInput
from portal.desk.access import found, version_of
from portal.desk.views.answering import ticket_answer
from tickets import services as tickets

MOST = 50


@desk_view
@require_GET
def find(request):
    """Items meant by what was typed, to be ticked; those ticked before stay."""
    picked = picked_of(request, request.GET.getlist("items"))
    fitting = [one for one in meant(request.user, request.GET.get("q", "")) if one not in picked]
    context = {"picked": picked, "fitting": fitting, "text": request.GET.get("q", "").strip()}
    return render(request, "desk/_items_found.html", context)


@desk_view
@require_POST
def add(request, number):
    """Those ticked; where nothing is ticked, the one item that what was typed means."""
    ticket = found(request, number)
    chosen = picked_of(request, request.POST.getlist("items")) or meant(request.user, request.POST.get("q", ""))
    if not request.POST.getlist("items") and len(chosen) != 1:
        said = _("Several items fit. Tick those that are meant.") if chosen else _("No such item was found.")
        raise InvalidInput({"q": [said]}, said)
    items = [*ticket.affected_items.all(), *chosen]
    tickets.edit(ticket, actor=request.user, changes={"affected_items": set(items)}, version=version_of(request))
    return ticket_answer(request, number)


@desk_view
@require_POST
def remove(request, number, pk):
    ticket = found(request, number)
    left = ticket.affected_items.exclude(pk=pk)
    tickets.edit(ticket, actor=request.user, changes={"affected_items": list(left)}, version=version_of(request))
    return ticket_answer(request, number)


@desk_view
@require_POST
def dispute(request, number, pk):
    """The record of an affected item is wrong: it says so from now on, and its owner is told."""
    ticket = found(request, number)
    visible = ConfigurationItem.objects.visible_to(request.user)
    item = get_object_or_404(visible.filter(pk__in=ticket.affected_items.values("pk")), pk=pk)
    cmdb.dispute_item(item, actor=request.user, why=request.POST.get("why", ""), ticket=ticket.number)
    return ticket_answer(request, number, _("The record counts as disputed, and its owner is told."))


def picked_of(request, keys):
    keys = [int(key) for key in keys if key.isdecimal() and len(key) < 18][:MOST]
    if not keys:
        return []
    visible = ConfigurationItem.objects.visible_to(request.user).in_use()
    return list(visible.filter(pk__in=keys).select_related("item_class", "used_by", "owner").order_by("slug"))
