"""My devices: what a person owns or uses."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmdb.models import Attestation, ConfigurationItem
from core.access import signed_in

MOST = 100


@signed_in
@require_safe
def devices(request):
    mine = ConfigurationItem.objects.visible_to(request.user).of(request.user).in_use().exclude(service__isnull=False)
    rows = list(mine.select_related("item_class", "location").order_by("slug")[:MOST])
    owed = Attestation.objects.visible_to(request.user).owed_by(request.user).count()
    return render(request, "portal/devices.html", {"devices": rows, "owed": owed})
