"""The administrators' pages about teams."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms.directory import MemberForm, TeamFilter, TeamForm
from accounts.forms.service_form import add_refusal
from accounts.models import Team, User
from accounts.views.guards import administrators_only
from core.errors import Refused
from core.panels import panels_on


@administrators_only
def team_list(request):
    """Teams by line, with field of work, lead, reporting line and size; of one field where ?specialism names it."""
    form = TeamFilter(request.GET)
    specialism = form.cleaned_data["specialism"] if form.is_valid() else ""
    lines = selectors.teams_by_line(request.user, specialism)
    return render(request, "accounts/teams.html", {"lines": lines, "form": form, "is_narrowed": bool(specialism)})


@administrators_only
def new_team(request):
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            team = services.create_team(actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:team", team.pk)
    return render(request, "accounts/record.html", {"form": form, "heading": _("New team"), "back": "accounts:teams"})


@administrators_only
def team_page(request, pk):
    """One team: what it is, who is in it, who hears of its escalations."""
    team = _team(pk)
    form = TeamForm(request.POST or None, instance=team)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_team(team, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:team", pk)
    return _page(request, team, form=form)


@require_POST
@administrators_only
def add_member(request, pk):
    team, form = _team(pk), MemberForm(request.POST)
    if form.is_valid() and form.cleaned_data["person"] is not None:
        try:
            services.add_to_team(team, form.cleaned_data["person"], actor=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:team", pk)
    return _page(request, team, member_form=form)


@require_POST
@administrators_only
def remove_member(request, pk, user):
    services.remove_from_team(_team(pk), get_object_or_404(User, pk=user), actor=request.user)
    return redirect("accounts:team", pk)


def _page(request, team, **context):
    context.setdefault("form", TeamForm(instance=team))
    context.setdefault("member_form", MemberForm())
    context |= {
        "team": team,
        "members": team.members.select_related("department").order_by("name", "pk"),
        "line": selectors.reporting_line(team),
        "tree": selectors.tree_around(team),
        "panels": panels_on("team", request, team),
    }
    return render(request, "accounts/team.html", context)


def _team(pk):
    return get_object_or_404(Team.objects.select_related("lead", "parent"), pk=pk)
