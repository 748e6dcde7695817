"""The matrix of a team, and the report of gaps, single holders and ends."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Team
from core import clock
from core.access import desk_view
from training import rules
from training.selectors.matrix import matrix_of
from training.selectors.reports import report

LISTS = {
    "gaps": _("Gaps"),
    "singles": _("Only one person"),
    "covered": _("Covered"),
    "ending": _("Running out"),
    "certificates": _("Certificates running out"),
}


@desk_view
@require_safe
def matrix(request):
    """Team × skill; one's own team first."""
    teams = _teams(request)
    team = _chosen(request, teams) or next((one for one in teams if one.pk in request.user.team_ids), None)
    team = team or next(iter(teams), None)
    context = {"teams": teams, "matrix": team and matrix_of(team, request.user, _today())}
    return render(request, "training/matrix.html", context)


@desk_view
@require_safe
def gaps(request):
    """What is missing, of all teams or of one; each number opens its list."""
    teams = _teams(request)
    team = _chosen(request, teams)
    found = report(request.user, _today(), team)
    shown = request.GET.get("show", "")
    shown = shown if shown in LISTS else "gaps"
    figures = [(key, label, len(getattr(found, key))) for key, label in LISTS.items()]
    context = {"teams": teams, "team": team, "figures": figures, "shown": shown, "label": LISTS[shown]}
    context["plans_for"] = {one.pk for one in teams if rules.plans_for(request.user, one.pk)}
    return render(request, "training/gaps.html", context | {"rows": getattr(found, shown)})


def _teams(request):
    return list(Team.objects.visible_to(request.user).active().order_by("line", "slug"))


def _chosen(request, teams):
    """The team that the address names; a team that is not there is no page."""
    asked = request.GET.get("team", "")
    if not asked:
        return None
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 10
    return get_object_or_404(Team.objects.filter(pk__in=[team.pk for team in teams]), pk=asked if is_number else 0)


def _today():
    return timezone.localdate(clock.now())
