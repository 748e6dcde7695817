"""Absence: who decides for oneself or for people one manages meanwhile, and for whom one decides."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import rules, services
from accounts.forms.absences import AbsenceForm
from accounts.forms.service_form import add_refusal
from accounts.models import Delegation, User
from accounts.selectors.away import warnings_of
from core import clock
from core.access import signed_in
from core.errors import NotAllowed, Refused

SHOWN = 50


@signed_in
def absence(request):
    """My substitutes from now on, a form for the next one, whom I stand in for, and the people I manage."""
    return _arrange(request, request.user)


@signed_in
def person_absence(request, pk):
    """The same for somebody else, who may be ill: for their manager and administrators."""
    person = get_object_or_404(User.objects.visible_to(request.user).active(), pk=pk)
    if not rules.arranges_absence(request.user, person):
        raise NotAllowed()
    return _arrange(request, person)


@require_POST
@signed_in
def end_absence(request, pk):
    """They are back, or not going."""
    absence = Delegation.objects.visible_to(request.user).filter(pk=pk).select_related("person").first()
    if absence is None or not rules.arranges_absence(request.user, absence.person):
        raise Http404
    services.end_absence(absence, actor=request.user)
    if absence.person == request.user:
        messages.success(request, _("You decide for yourself again."))
    else:
        messages.success(request, _("%(name)s decides alone again.") % {"name": absence.person})
    return _page_of(request, absence.person)


def _arrange(request, person):
    form = AbsenceForm(request.user, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = services.arrange_absence(person, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            for words in warnings_of(made):
                messages.warning(request, words)
            return _page_of(request, person)
    elif request.method == "POST":
        status = 422
    lasting = Delegation.objects.filter(until_at__gt=clock.now()).select_related("person", "substitute")
    is_own = person == request.user
    context = {
        "form": form,
        "person": None if is_own else person,
        "planned": lasting.filter(person=person)[:SHOWN],
        "others": lasting.filter(substitute=person)[:SHOWN],
        "managed": person.reports.active().order_by("name", "pk")[:SHOWN] if is_own else (),
    }
    return render(request, "accounts/absence.html", context, status=status)


def _page_of(request, person):
    if person == request.user:
        return redirect("accounts:absence")
    return redirect("accounts:person_absence", person.pk)
