"""The administrators' pages about people."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import selectors, services
from accounts.forms.directory import NewPersonForm, PeopleFilter, PersonForm, RolesForm
from accounts.forms.leaving import LeavingForm
from accounts.forms.service_form import add_refusal
from accounts.models import Team, User
from accounts.views.guards import administrators_only
from core.errors import NotAllowed, Refused
from core.holdings import portions_of
from core.htmx import fragment_or_page


@administrators_only
def person_list(request):
    """Everybody, found by name, pinyin, initials or number; fifty at a time."""
    chosen = PeopleFilter(request.GET)
    chosen.is_valid()
    wanted = chosen.cleaned_data
    active = {"gone": False, "all": None}.get(wanted.get("state"), True)
    found = selectors.people(wanted.get("q", ""), role=wanted.get("role", ""), team=wanted.get("team"), active=active)
    after = request.GET.get("after", "")
    people, more = selectors.page_after(found, _number(after))
    query = request.GET.copy()
    query["after"] = people[-1].pk if people else ""
    context = {"form": chosen, "people": people, "next": f"?{query.urlencode()}" if more else "", "after": after}
    return fragment_or_page(request, "accounts/people.html", "accounts/_people.html", context)


@administrators_only
def new_person(request):
    """Add a person, then show the link by which they set their password."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.create_person(actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("%s is added.") % user)
            return redirect("accounts:person", user.pk)
    context = {"form": form, "heading": _("New person"), "back": "accounts:people"}
    return render(request, "accounts/record.html", context)


@administrators_only
def person_page(request, pk):
    """One person: details, roles, teams, tokens, whether they may sign in."""
    user = _person(pk)
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_person(user, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:person", pk)
    return _page(request, user, form=form)


@require_POST
@administrators_only
def set_roles(request, pk):
    user = _person(pk)
    form = RolesForm(request.POST)
    if form.is_valid():
        services.set_roles(user, form.cleaned_data["roles"], actor=request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:person", pk)
    return _page(request, user, roles_form=form)


@require_POST
@administrators_only
def join_team(request, pk):
    user = _person(pk)
    team = Team.objects.filter(pk=_number(request.POST.get("team"))).first()
    if team is not None:
        services.add_to_team(team, user, actor=request.user)
    return redirect("accounts:person", pk)


@require_POST
@administrators_only
def leave_team(request, pk, team):
    services.remove_from_team(get_object_or_404(Team, pk=team), _person(pk), actor=request.user)
    return redirect("accounts:person", pk)


@administrators_only
def leaving(request, pk):
    """What hangs on a person, who takes it over, and their deactivation: one page, one act."""
    user = _person(pk)
    if not user.is_active:
        return redirect("accounts:person", pk)
    portions = portions_of(user)
    form = LeavingForm(portions, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_over(user, form.receivers(), actor=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form = LeavingForm(portions_of(user), request.POST)
            form.refuse(refusal)
        else:
            messages.success(request, _("%s is deactivated: sessions and tokens have ended.") % user)
            return redirect("accounts:person", pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/leaving.html", {"person": user, "form": form}, status=status)


@require_POST
@administrators_only
def reactivate(request, pk):
    user = _person(pk)
    services.reactivate(user, actor=request.user)
    messages.success(request, _("%s may sign in again.") % user)
    return redirect("accounts:person", pk)


@require_POST
@administrators_only
def invite(request, pk):
    """Send an invitation, and show its link once for handing over."""
    user = _person(pk)
    return _page(request, user, invitation=services.invite(user, actor=request.user))


def _page(request, user, **context):
    joined = list(user.teams.order_by("line", "slug"))
    context.setdefault("form", PersonForm(instance=user))
    context.setdefault("roles_form", RolesForm(initial={"roles": user.roles}))
    context |= {
        "person": user,
        "joined": joined,
        "other_teams": Team.objects.active().exclude(pk__in=[team.pk for team in joined]),
        "tokens": user.api_tokens.filter(revoked_at=None),
    }
    return render(request, "accounts/person.html", context)


def _person(pk):
    return get_object_or_404(User.objects.select_related("department", "organisation", "manager"), pk=pk)


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
