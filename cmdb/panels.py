"""What the configuration database shows on pages of the apps below it."""

from django.template.loader import render_to_string

from cmdb.models import ConfigurationItem, Responsibility

SHOWN = 15


def objects_of_team(request, team) -> str:
    """What a team answers for: services and items in use that it supports, and its letters."""
    items = ConfigurationItem.objects.visible_to(request.user).in_use().filter(support_team=team)
    held = Responsibility.objects.visible_to(request.user).filter(team=team).select_related("service")
    found = list(items.select_related("item_class").order_by("item_class__family", "slug")[: SHOWN + 1])
    context = {
        "team": team,
        "items": found[:SHOWN],
        "count": items.count(),
        "held": list(held.order_by("service", "activity")[: 4 * SHOWN]),
    }
    return render_to_string("cmdb/_objects_of_team.html", context, request)
