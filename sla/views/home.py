"""The first page about service levels: where everything is."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import desk_view


@desk_view
@require_safe
def home(request):
    return render(request, "sla/home.html")
