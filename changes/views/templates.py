"""Templates of standard changes: the list, one of them, writing, approving, retiring and using it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from changes import rules, services
from changes.forms.templates import ApproveForm, RetireForm, TemplateForm, UseForm
from changes.models import ChangeTemplate
from core.access import desk_view
from core.errors import NotAllowed, Refused

SHOWN = 200
RELATED = ("organisation", "service", "team", "written_by", "approved_by")


def _found(request, pk):
    visible = ChangeTemplate.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(visible, pk=pk)


@desk_view
@require_safe
def templates(request):
    found = ChangeTemplate.objects.visible_to(request.user).select_related("service", "team")[:SHOWN]
    return render(request, "changes/templates.html", {"templates": list(found)})


@desk_view
@require_safe
def template(request, pk):
    one = _found(request, pk)
    made = one.changes.visible_to(request.user).order_by("-pk")[:20]
    context = {"template": one, "made": list(made), "classes": list(one.item_classes.all())}
    context["may_approve"] = rules.keeps_boards(request.user)
    return render(request, "changes/template.html", context)


@desk_view
def edit(request, pk=None):
    one = _found(request, pk) if pk else ChangeTemplate()
    form = TemplateForm(request.user, request.POST if request.method == "POST" else None, instance=one)

    def keep(given):
        return services.keep_template(one, actor=request.user, **given)

    return _asked(request, one, form, one.name if pk else _("New template"), keep)


@desk_view
def approve(request, pk):
    one = _found(request, pk)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    return _asked(
        request, one, form, _("Approve the template"),
        lambda given: services.approve_template(one, actor=request.user, **given), pgettext("template", "Approve"),
    )  # fmt: skip


@desk_view
def suspend(request, pk):
    words = _("Suspend the template"), pgettext("template", "Suspend")
    return _ended(request, pk, services.suspend_template, *words)


@desk_view
def retire(request, pk):
    words = _("Retire the template"), pgettext("template", "Retire")
    return _ended(request, pk, services.retire_template, *words)


def _ended(request, pk, command, title, submit):
    """Nobody uses it any more, for a while or for good; whoever says so says why."""
    one = _found(request, pk)
    form = RetireForm(request.POST if request.method == "POST" else None)
    return _asked(request, one, form, title, lambda given: command(one, actor=request.user, **given), submit)


@desk_view
def use(request, pk):
    """A standard change of this template, ready to be scheduled."""
    one = _found(request, pk)
    form = UseForm(request.user, one, request.POST if request.method == "POST" else None)

    def make(given):
        return services.use_template(one, actor=request.user, **given)

    return _asked(request, one, form, _("New standard change: %(name)s") % {"name": one.name}, make)


def _asked(request, one, form, title, command, submit=""):
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = command(form.cleaned_data)
            messages.success(request, _("Saved."))
            if isinstance(made, ChangeTemplate):
                return redirect("changes:template", made.pk)
            return redirect("changes:change", made.number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "title": title, "template": one, "submit": submit}
    return render(request, "changes/template_form.html", context, status=status)
