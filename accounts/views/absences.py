"""One's absence: who decides for oneself meanwhile, and for whom one decides."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.forms.absences import AbsenceForm
from accounts.forms.service_form import add_refusal
from accounts.models import Delegation
from core import clock
from core.access import signed_in
from core.errors import Refused


@signed_in
def absence(request):
    """My substitutes from now on, a form for the next one, and whom I stand in for."""
    form = AbsenceForm(request.user, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.arrange_absence(request.user, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:absence")
    elif request.method == "POST":
        status = 422
    lasting = Delegation.objects.filter(until_at__gt=clock.now()).select_related("person", "substitute")
    context = {
        "form": form,
        "mine": lasting.filter(person=request.user)[:50],
        "others": lasting.filter(substitute=request.user)[:50],
    }
    return render(request, "accounts/absence.html", context, status=status)


@require_POST
@signed_in
def end_absence(request, pk):
    """I am back, or not going."""
    absence = Delegation.objects.filter(pk=pk, person=request.user).first()
    if absence is None:
        raise Http404
    services.end_absence(absence, actor=request.user)
    messages.success(request, _("You decide for yourself again."))
    return redirect("accounts:absence")
