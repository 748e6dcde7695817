"""The picker of configuration items, the same on every form: what was typed brings items to tick."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmdb.forms.picking import Shown, Typed
from cmdb.selectors import picking
from core.access import desk_view


@desk_view
@require_safe
def find(request):
    """Items meant by what was typed under the name that `in` says; those ticked before stay."""
    name = request.GET.get("in", "items")[:40]
    typed = Typed.under(name, request.GET)
    picked = picking.picked_of(request.user, typed.keys)
    fitting = [one for one in picking.meant(request.user, typed.text) if one not in picked]
    return render(request, "cmdb/_items_found.html", {"name": name, "shown": Shown(typed.text, picked, fitting)})
