"""Audits of records: a random sample, checked fact by fact."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from cmdb import rules, services
from cmdb.forms.upkeep import AuditForm, CheckForm
from cmdb.models import Sample
from cmdb.selectors import auditing
from core.access import desk_view
from core.errors import NotAllowed, Refused


@desk_view
@require_safe
def audits(request):
    context = {"audits": auditing.audits(), "may_draw": rules.runs_upkeep(request.user)}
    return render(request, "cmdb/audits.html", context)


@desk_view
def new(request):
    if not rules.runs_upkeep(request.user):
        raise NotAllowed()
    form = AuditForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draw_sample(actor=request.user, **form.cleaned_data)
            return redirect("cmdb:audit", made.pk)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "cmdb/audit_new.html", {"form": form}, status=status)


@desk_view
@require_safe
def audit(request, pk):
    one = get_object_or_404(auditing.audits(limit=None), pk=pk)
    samples = list(auditing.samples_of(request.user, one))
    whole, facts = auditing.accuracy(samples)
    return render(request, "cmdb/audit.html", {"audit": one, "samples": samples, "whole": whole, "facts": facts})


@desk_view
def check(request, pk):
    """One drawn record, every fact of it; once checked it is only shown."""
    sample = get_object_or_404(
        Sample.objects.visible_to(request.user).select_related("audit", "item__item_class"), pk=pk
    )
    if sample.checked_at:
        return redirect("cmdb:audit", sample.audit_id)
    form = CheckForm(auditing.facts_to_check(request.user, sample.item), request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.check_record(sample, actor=request.user, findings=form.findings())
            return redirect("cmdb:audit", sample.audit_id)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "cmdb/audit_check.html", {"sample": sample, "form": form}, status=status)
