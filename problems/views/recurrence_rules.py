"""The rules that look for recurrences: everybody of the desk reads them, managers keep them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from problems import rules, services
from problems.forms.recurring import RuleForm
from problems.models import RecurrenceRule


@desk_view
@require_safe
def recurrence_rules(request):
    rows = RecurrenceRule.objects.prefetch_related("left_out")
    may_keep = rules.keeps_recurrence_rules(request.user)
    return render(request, "problems/proposals/rules.html", {"rules": rows, "may_keep": may_keep})


@desk_view
def recurrence_rule(request, pk=None):
    """The form of one, new or there already."""
    if not rules.keeps_recurrence_rules(request.user):
        raise NotAllowed()
    row = get_object_or_404(RecurrenceRule, pk=pk) if pk else RecurrenceRule()
    form = RuleForm(request.POST if request.method == "POST" else None, instance=row)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            services.keep_rule(row, actor=request.user, **form.values())
            messages.success(request, _("Saved."))
            return redirect("problems:recurrence-rules")
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "problems/proposals/rule.html", {"form": form, "row": row}, status=status)
