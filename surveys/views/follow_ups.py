"""Low scores that wait for a lead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import signed_in
from surveys import selectors, services
from surveys.models import Survey

ON_PAGE = 100


@signed_in
@require_safe
def follow_ups(request):
    if not request.user.is_staff_member:
        raise PermissionDenied
    return render(request, "surveys/follow_ups.html", {"surveys": selectors.to_follow_up(request.user)[:ON_PAGE]})


@signed_in
@require_POST
def acknowledge(request, pk):
    survey = get_object_or_404(Survey.objects.visible_to(request.user), pk=pk)
    services.acknowledge_low_score(survey, actor=request.user)
    messages.success(request, _("You have taken it up."))
    return redirect("surveys:follow_ups")
