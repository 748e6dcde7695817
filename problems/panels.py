"""What problems show on the pages of configuration items."""

from django.db.models import Q
from django.template.loader import render_to_string

from problems.models import Problem

SHOWN = 10


def problems_on_item(request, item) -> str:
    """The latest problems of an item, the open ones first; for people of the desk."""
    if not request.user.is_staff_member:
        return ""
    about = Problem.objects.filter(Q(affected_items=item.pk) | Q(service=item.pk)).values("pk")
    rows = Problem.objects.visible_to(request.user).filter(pk__in=about).order_by("-is_open", "-pk")[:SHOWN]
    return render_to_string("problems/_on_item.html", {"problems": list(rows), "item": item}, request)
