"""What articles are measured by: everybody of the desk reads it, managers change it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from knowledge import rules, services
from knowledge.forms.standards import QualityQuestionForm, TemplateForm
from knowledge.models import ArticleTemplate, QualityQuestion


@desk_view
@require_safe
def listing(request):
    """The templates, and what a reviewer checks."""
    context = {
        "templates": list(ArticleTemplate.objects.order_by("-is_active", "kind", "pk")[:200]),
        "questions": list(QualityQuestion.objects.order_by("-is_active", "position", "pk")[:200]),
        "may_keep": rules.keeps_standards(request.user),
    }
    return render(request, "knowledge/standards/list.html", context)


@desk_view
def template(request, pk=None):
    return _form(request, pk, ArticleTemplate, TemplateForm, services.keep_template, _("Template of articles"))


@desk_view
def question(request, pk=None):
    title = _("Question of the checklist")
    return _form(request, pk, QualityQuestion, QualityQuestionForm, services.keep_quality_question, title)


def _form(request, pk, model, form_class, keep, title):
    """One row, new or there already; what was refused stays as it was typed."""
    if not rules.keeps_standards(request.user):
        raise NotAllowed()
    row = get_object_or_404(model, pk=pk) if pk else model()
    form = form_class(request.POST if request.method == "POST" else None, instance=row)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            keep(row, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("knowledge:standards")
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "knowledge/standards/form.html", {"form": form, "title": title}, status=status)
