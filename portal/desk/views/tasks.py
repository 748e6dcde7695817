"""Tasks: mine, and what can be done with one on its ticket's page."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import desk_view
from core.errors import NotAllowed, Refused
from knowledge.selectors import confirming
from portal.desk.access import found
from portal.desk.task_steps import BY_NAME
from portal.desk.views.answering import ticket_answer, told_in_form
from tickets import rules
from tickets.models import Task

PAGE = 100


@desk_view
@require_safe
def my_tasks(request):
    """What I can go on with, what is due first and then the oldest: given to me, or to a team of mine and to nobody
    yet; and the articles that I have to look at again."""
    tasks = Task.objects.visible_to(request.user).due_for(request.user)
    in_order = tasks.order_by(F("due_on").asc(nulls_last=True), "opened_at", "pk")
    tasks = list(in_order.select_related("ticket__requester", "team", "assignee")[: PAGE + 1])
    confirmations = list(confirming.listed(request.user)[: PAGE + 1])
    context = {
        "tasks": tasks[:PAGE],
        "confirmations": confirmations[:PAGE],
        "has_more": max(len(tasks), len(confirmations)) > PAGE,
    }
    return render(request, "desk/tasks.html", context)


@desk_view
def task(request, number, pk, name):
    """A step of a task: at once where it asks nothing, else with its dialog."""
    ticket, step = found(request, number), BY_NAME.get(name)
    task = Task.objects.visible_to(request.user).filter(pk=pk, ticket=ticket.pk).first()
    if task is None or step is None:
        raise Http404
    task.ticket = ticket
    if not rules.works_task(request.user, task):
        raise NotAllowed()
    is_sent, status = request.method == "POST", 200
    form = step.form(ticket, request.user, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            step.run(task, actor=request.user, **form.cleaned_data)
            return ticket_answer(request, number, _("Done: %(action)s.") % {"action": step.label})
        except NotAllowed:
            raise
        except Refused as refusal:
            if not form.fields:
                return ticket_answer(request, number, str(refusal), tone="red", status=409, refusal=str(refusal))
            told_in_form(form, refusal)
            status = refusal.status
    elif is_sent:
        status = 422
    context = {
        "ticket": ticket,
        "title": step.label,
        "form": form,
        "action": request.path,
        "icon": step.icon,
        "hint": task.title,
        "pane": (request.POST or request.GET).get("pane", ""),
    }
    return render(request, "desk/_dialog.html" if request.htmx else "desk/action.html", context, status=status)
