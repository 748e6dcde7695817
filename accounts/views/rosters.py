"""Pages about who is on call: the desk reads them, managers keep them, people of a roster take over."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import rules, selectors, services
from accounts.forms.directory import MemberForm
from accounts.forms.rosters import ArrangeForm, RosterForm, TakeOverForm
from accounts.forms.service_form import add_refusal
from accounts.models import Roster, RosterOverride, User
from accounts.selectors import duty
from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused


@desk_view
@require_safe
def roster_list(request):
    """Every roster with who is on call now and until when."""
    now = clock.now()
    rows = [(roster, _present_shift(roster, now)) for roster in selectors.rosters()]
    away = selectors.stand_ins([shift.person for _roster, shift in rows if shift and shift.person], now)
    rows = [(roster, shift, shift and shift.person and shift.person.pk in away) for roster, shift in rows]
    context = {"rows": rows, "may_keep": rules.keeps_rosters(request.user)}
    return render(request, "accounts/rosters.html", context)


@desk_view
def new_roster(request):
    if not rules.keeps_rosters(request.user):
        raise NotAllowed()
    form = RosterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            roster = services.save_roster(None, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:roster", roster.pk)
    context = {"form": form, "heading": _("New roster"), "back": "accounts:rosters"}
    return render(request, "accounts/record.html", context)


@desk_view
def roster_page(request, pk):
    """One roster: the coming weeks, its people in order, its settings."""
    roster = _roster(pk)
    if request.method != "POST":
        return _page(request, roster)
    form = RosterForm(request.POST, instance=roster)
    if form.is_valid():
        try:
            services.save_roster(roster, actor=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:roster", pk)
    return _page(request, roster, form=form)


@require_POST
@desk_view
def join_roster(request, pk):
    roster, form = _roster(pk), MemberForm(request.POST)
    if form.is_valid() and form.cleaned_data["person"] is not None:
        try:
            services.join_roster(roster, form.cleaned_data["person"], actor=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:roster", pk)
    return _page(request, roster, member_form=form)


@require_POST
@desk_view
def change_member(request, pk, user):
    """Move a person one place ("up", "down") or take them out ("leave")."""
    roster, person = _roster(pk), get_object_or_404(User, pk=user)
    if step := {"up": -1, "down": 1}.get(request.POST.get("step")):
        services.move_in_roster(roster, person, by=step, actor=request.user)
    elif request.POST.get("step") == "leave":
        services.leave_roster(roster, person, actor=request.user)
    return redirect("accounts:roster", pk)


@require_POST
@desk_view
def take_over(request, pk):
    roster = _roster(pk)
    form = _take_over_form(request.user, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        given["user"] = given.pop("person") if "person" in given else request.user
        try:
            services.take_over(roster, actor=request.user, **given)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Taken over."))
            return redirect("accounts:roster", pk)
    return _page(request, roster, override_form=form)


@require_POST
@desk_view
def give_back(request, pk):
    override = get_object_or_404(RosterOverride, pk=pk)
    services.give_back(override, actor=request.user)
    return redirect("accounts:roster", override.roster_id)


def _page(request, roster, **forms):
    user, now = request.user, clock.now()
    plan, shift = selectors.plan_of(roster), _present_shift(roster, now)
    away = selectors.stand_ins([shift.person], now) if shift and shift.person else {}
    lasting = [entry for entry in plan.overrides if entry.end_at > now]
    context = {
        "roster": roster,
        "plan": plan,
        "shift": shift,
        "is_away": bool(away),
        "stand_in": next(iter(away.values()), None),
        "line": selectors.there(plan.line_at(now), now) if roster.is_active else [],
        "weeks": duty.weeks_of(plan, now),
        "overrides": [(entry, services.may_give_back(user, entry)) for entry in lasting],
        "may_keep": rules.keeps_rosters(user),
        "may_take_over": services.takes_over(user, roster),
        "form": RosterForm(instance=roster),
        "member_form": MemberForm(),
        "override_form": _take_over_form(user),
    }
    return render(request, "accounts/roster.html", context | forms)


def _take_over_form(user, data=None):
    if rules.keeps_rosters(user):
        return ArrangeForm(data, initial={"person": user.username})
    return TakeOverForm(data)


def _present_shift(roster, now):
    """The shift that is on, or None for a roster that is not in use."""
    if not roster.is_active:
        return None
    return selectors.plan_of(roster).shifts(now, now + timedelta(days=roster.turn_days + 1))[0]


def _roster(pk):
    return get_object_or_404(Roster.objects.select_related("team__lead", "team__parent__lead", "fallback"), pk=pk)
