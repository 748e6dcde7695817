"""Escalation policies: everybody of the desk reads them, managers write them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from sla import access
from sla.forms.escalation import PolicyForm, Steps
from sla.models import EscalationPolicy
from sla.selectors import escalations
from sla.services import policies


@desk_view
@require_safe
def policy_list(request):
    context = {"policies": escalations.policies(), "may_edit": access.manages(request.user)}
    return render(request, "sla/escalation/policies.html", context)


@desk_view
def policy_page(request, pk=None):
    """Add (no pk), read or change a policy with all its steps in one form."""
    policy = get_object_or_404(escalations.policies(), pk=pk) if pk else None
    may_edit = access.manages(request.user)
    if not may_edit and (policy is None or request.method == "POST"):
        raise NotAllowed()
    form = PolicyForm(request.POST or None, instance=policy)
    steps = Steps(request.POST or None, initial=_steps_of(policy))
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        try:
            saved = policies.save_policy(policy, actor=request.user, steps=steps.steps(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. It counts for tickets that come from now on."))
            return redirect("sla:policy", saved.pk)
    context = {"policy": policy, "form": form, "steps": steps, "may_edit": may_edit}
    return render(request, "sla/escalation/policy.html", context)


@require_POST
@desk_view
def remove_policy(request, pk):
    policies.remove_policy(get_object_or_404(EscalationPolicy, pk=pk), actor=request.user)
    messages.success(request, _("The policy is removed."))
    return redirect("sla:policies")


def _steps_of(policy):
    if policy is None:
        return []
    names = ("action", "metric", "pct", "offset_minutes", "team", "roster", "acknowledge_minutes")
    return [{name: getattr(step, name) for name in names} for step in policy.steps.all()]
