"""What a team answers for, added to and taken away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.service_form import add_refusal
from accounts.models import Team
from cmdb import rules, services
from cmdb.forms.supporting import ObjectsForm
from cmdb.models import ConfigurationItem
from cmdb.selectors import listing
from core.access import desk_view
from core.errors import NotAllowed, Refused


@desk_view
def objects(request, pk):
    """Services and items in use whose support team it is, page by page; found while typing, more are added."""
    team = _team(request, pk)
    form = ObjectsForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_for(team, form.cleaned_data["items"], actor=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("cmdb:team-objects", pk)
    rows = listing.filtered(request.user, {"team": team})
    page = listing.page_of(rows, request.GET.get("after", "")[:80].replace("\0", ""))
    context = {"team": team, "form": form, "page": page, "may_keep": rules.keeps_items(request.user)}
    return render(request, "cmdb/team_objects.html", context, status=422 if form.errors else 200)


@desk_view
@require_POST
def drop(request, pk, item):
    team = _team(request, pk)
    found = get_object_or_404(ConfigurationItem.objects.visible_to(request.user), pk=item)
    services.answer_no_more_for(team, found, actor=request.user)
    messages.success(request, _("Taken back."))
    return redirect("cmdb:team-objects", pk)


def _team(request, pk):
    return get_object_or_404(Team.objects.visible_to(request.user), pk=pk)
