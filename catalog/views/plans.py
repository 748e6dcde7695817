"""The editors of an item's approval route and of its tasks: lists in order, without dragging."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import services
from catalog.forms.plans import StageSet, TaskSet, typed_stages, typed_tasks
from catalog.views.access import found, keeper_view
from core.errors import Refused

ROUTE_HINT = gettext_lazy("Without a stage nobody has to approve. What is changed here holds for requests to come.")
TASKS_HINT = gettext_lazy(
    "A task opens when all those it comes after are over. Without tasks the team fulfils a request by hand."
)


@keeper_view
def route(request, slug):
    item = found(request, slug)
    formset = StageSet(request.POST or None, initial=typed_stages(item.route))
    return _edit(request, item, formset, services.save_route, title=_("Approval route"), hint=ROUTE_HINT)


@keeper_view
def tasks(request, slug):
    item = found(request, slug)
    formset = TaskSet(request.POST or None, initial=typed_tasks(item.tasks))
    return _edit(request, item, formset, services.save_tasks, title=_("Tasks"), hint=TASKS_HINT)


def _edit(request, item, formset, save, *, title, hint):
    problems, status = [], 200
    if request.method == "POST":
        status = 422
        if formset.is_valid():
            # Lines that were left empty say nothing; the others in the order that was given.
            given = [form.data_of() for form in formset.ordered_forms if form.has_changed() or form.initial]
            try:
                save(item, given, actor=request.user)
            except Refused as refusal:
                problems = [f"{path}: {text}" for path, texts in refusal.fields.items() for text in texts]
                status = refusal.status
            else:
                messages.success(request, _("Saved."))
                return redirect(request.path)
    context = {"item": item, "formset": formset, "title": title, "hint": hint, "problems": problems}
    return render(request, "catalog/plan.html", context, status=status)
