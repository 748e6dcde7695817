"""Trees that an analysis can begin with: the list and one of them. Kept by managers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import Refused
from problems import rules, services
from problems.forms.analysis import TemplateForm
from problems.models import AnalysisTemplate


@desk_view
@require_safe
def templates(request):
    context = {
        "templates": list(AnalysisTemplate.objects.all()[:200]),
        "keeps_templates": rules.keeps_analysis_templates(request.user),
    }
    return render(request, "problems/analysis/templates.html", context)


@desk_view
def edit(request, pk=None):
    if not rules.keeps_analysis_templates(request.user):
        raise Http404
    template = get_object_or_404(AnalysisTemplate, pk=pk) if pk else AnalysisTemplate()
    form = TemplateForm(request.POST if request.method == "POST" else None, instance=template)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_template(template, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("problems:analysis-templates")
        except Refused as refusal:
            add_refusal(form, refusal)
    status = 422 if form.is_bound else 200
    return render(request, "problems/analysis/template_form.html", {"form": form, "template": template}, status=status)
