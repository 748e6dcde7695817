"""The affected items of a ticket: added, taken away, and disputed on the spot."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cmdb import services as cmdb
from cmdb.models import ConfigurationItem
from core.access import desk_view
from core.errors import InvalidInput
from portal.desk.access import found, version_of
from portal.desk.forms import AffectedForm
from portal.desk.views.answering import ticket_answer
from tickets import services as tickets


@desk_view
@require_POST
def add(request, number):
    """Those ticked, and the ones that what was typed means."""
    ticket = found(request, number)
    form = AffectedForm(request.user, request.POST)
    if not form.is_valid():
        told = form.errors["items"]
        raise InvalidInput({"affected_items": told}, " ".join(told))
    items = [*ticket.affected_items.all(), *form.cleaned_data["items"]]
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
