"""My devices: what a person owns or uses."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmdb.models import ConfigurationItem
from core.access import signed_in

MOST = 100


@signed_in
@require_safe
def devices(request):
    mine = ConfigurationItem.objects.visible_to(request.user).of(request.user).in_use().exclude(service__isnull=False)
    rows = list(mine.select_related("item_class", "location").order_by("slug")[:MOST])
    return render(request, "portal/devices.html", {"devices": rows})
