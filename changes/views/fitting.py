"""Does a change fit where it is planned? Windows, freezes and collisions, and what is decided about them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from changes import rules, services
from changes.forms.calendar import DecisionForm, ReasonForm
from changes.models import Collision, WindowException
from changes.selectors import fitting
from changes.views.records import found_change
from core import clock
from core.access import desk_view
from core.errors import InvalidInput, Refused


@desk_view
@require_safe
def fit(request, number):
    """Everything that stands for or against the place of a change in the calendar."""
    return _page(request, found_change(request, number))


@desk_view
@require_POST
def accept_collision(request, pk):
    collision = get_object_or_404(Collision.objects.visible_to(request.user).select_related("first"), pk=pk)
    form = ReasonForm(request.POST, prefix=f"c{pk}")
    asked = request.POST.get("change", "")
    number = asked if asked == collision.second.number else collision.first.number

    def command(given):
        services.accept_collision(collision, actor=request.user, **given)

    return _done(request, number, form, command, _("The collision is accepted."), {"accepting": (pk, form)})


@desk_view
@require_POST
def ask_exception(request, number):
    change, form = found_change(request, number), ReasonForm(request.POST)

    def command(given):
        services.ask_exception(change, actor=request.user, **given)

    return _done(request, number, form, command, _("The exception is asked for."), {"asking": form})


@desk_view
@require_POST
def decide_exception(request, pk, answer):
    if answer not in ("grant", "refuse"):
        raise Http404
    asked = get_object_or_404(WindowException.objects.select_related("change"), pk=pk)
    change, form = found_change(request, asked.change.number), DecisionForm(request.POST)

    def command(given):
        services.decide_exception(asked, actor=request.user, is_granted=answer == "grant", **given)

    return _done(request, change.number, form, command, _("Decided."), {"deciding": form})


@desk_view
@require_POST
def take_slot(request, number):
    """Plan the change at the proposed time. The time is proposed anew: what is taken meanwhile is not taken twice."""
    change = found_change(request, number)
    found = fitting.proposal(change, after=_after(request))
    try:
        if found is None:
            raise Refused(_("Nothing is free within 90 days."))
        start, end = found
        services.plan_change(change, actor=request.user, values={"planned_start": start, "planned_end": end})
    except InvalidInput as refusal:
        messages.error(request, " ".join(str(text) for texts in refusal.fields.values() for text in texts))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Planned at the next free time."))
    return redirect("changes:fit", number)


def _after(request):
    """From when on a time is looked for; never before now."""
    typed = request.POST.get("after") or request.GET.get("after") or ""
    try:
        at = parse_datetime(typed)
    except ValueError:
        at = None
    if at is not None and timezone.is_naive(at):
        at = timezone.make_aware(at)
    now = clock.now()
    return max(at, now) if at else now


def _done(request, number, form, command, said, forms):
    if form.is_valid():
        try:
            command(form.cleaned_data)
            messages.success(request, said)
            return redirect("changes:fit", number)
        except Refused as refusal:
            add_refusal(form, refusal)
            return _page(request, found_change(request, number), status=refusal.status, **forms)
    return _page(request, found_change(request, number), status=422, **forms)


def _page(request, change, *, status=200, accepting=(None, None), asking=None, deciding=None):
    found = fitting.fit_of(change, request.user)
    pk, refused = accepting
    after = _after(request)
    context = {
        "change": change,
        "fit": found,
        "rows": [
            (one, refused if one.collision.pk == pk else ReasonForm(prefix=f"c{one.collision.pk}"))
            for one in found.collisions
        ],
        "slot": fitting.proposal(change, after=after) if change.planned_start else None,
        "after": timezone.localtime(after),
        "may_plan": rules.prepares_it(request.user, change) and change.state in services.PLANNABLE,
        "may_decide": rules.manages_changes(request.user, change),
        "asking": asking or ReasonForm(),
        "deciding": deciding or DecisionForm(),
        "is_asked": any(one.state == WindowException.State.ASKED for one in found.exceptions),
    }
    return render(request, "changes/calendar/fit.html", context, status=status)
