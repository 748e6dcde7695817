"""How an analysis grew, taking it away with a reason, and bringing it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from problems import services
from problems.forms.analysis import RemoveForm
from problems.selectors.analysis_history import savings_of
from problems.views.analysis import found_analysis, may_change, may_restore


@desk_view
@require_safe
def history(request, number, pk):
    """Who saved what, the newest first, told cause by cause."""
    one = found_analysis(request, number, pk)
    before = request.GET.get("before", "")
    before = int(before) if before.isascii() and before.isdecimal() and len(before) < 9 else None
    savings, following = savings_of(one, before=before)
    context = {
        "problem": one.problem, "analysis": one, "may_restore": may_restore(request.user, one), "savings": savings,
        "next": following,
    }  # fmt: skip
    return render(request, "problems/analysis/history.html", context)


@desk_view
def remove(request, number, pk):
    """Ask why, and take it away."""
    one = found_analysis(request, number, pk)
    if request.method != "POST" and not may_change(request.user, one):
        raise Http404
    form = RemoveForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            services.remove_analysis(one, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Removed. It can be brought back below."))
            return redirect("problems:analyses", number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"problem": one.problem, "title": _("Remove the analysis"), "about": one, "form": form}
    return render(request, "problems/act.html", context, status=status)


@desk_view
@require_POST
def restore(request, number, pk):
    one = found_analysis(request, number, pk)
    try:
        services.restore_analysis(one, actor=request.user)
        messages.success(request, _("It is back."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("problems:analysis", number, pk)
