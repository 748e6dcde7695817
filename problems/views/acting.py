"""Acts on a problem beyond its table: linking, duplicates, accepting a risk, publishing what helps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from core.htmx import fragment_or_page
from problems import rules, services
from problems.forms.acting import ChangeForm, DuplicateForm, IncidentForm, LinkForm, RiskForm, TaskForm, TypedForm
from problems.models import Problem
from problems.selectors import fitting as fitting_problems
from problems.views.records import found_problem
from problems.workflow import BEFORE_A_FIX
from tickets.models import Ticket
from tickets.rules import triages_it

SHOWN = 5


def _asked(request, form, act, *, page, context, done):
    """Answer a form: `act(values)` when it is sent and right, else the page with what was typed and what is wrong."""
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
            return redirect(done)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, page, {"form": form, **context}, status=status)


def _data(request):
    return request.POST if request.method == "POST" else None


def _incident(request, number):
    return get_object_or_404(Ticket.objects.visible_to(request.user).filter(kind="incident"), number=number)


@desk_view
@require_safe
def beside(request, number):
    """The box of an incident's page: the problem behind it, known errors that fit, and what can be done."""
    incident = _incident(request, number)
    linked = Problem.objects.visible_to(request.user).filter(links_in__source=incident.pk, links_in__kind="caused_by")
    context = {
        "ticket": incident,
        "linked": list(linked.distinct().order_by("-pk")[:SHOWN]),
        "known": fitting_problems.known_for(request.user, incident),
        "may_link": triages_it(request.user, incident),
    }
    return fragment_or_page(request, "problems/beside.html", "problems/_beside.html", context)


@desk_view
@require_safe
def fitting(request):
    """Known errors that fit what somebody types of a new incident; nothing at all where none does."""
    known = fitting_problems.known_while_typing(request.user, **TypedForm(request.user, request.GET).typed())
    return fragment_or_page(request, "problems/fitting.html", "problems/_fitting.html", {"known": known})


@desk_view
def link(request, number):
    """Name the problem behind an incident; one that fits is a click (`problem` in the form that was sent)."""
    incident = _incident(request, number)
    form = LinkForm(request.user, _data(request))

    def act(values):
        services.link_incident(values["problem"], incident, actor=request.user)
        messages.success(request, _("Linked with %(number)s.") % {"number": values["problem"].number})

    context = {"incident": incident, "known": fitting_problems.known_for(request.user, incident)}
    done = reverse("desk:ticket", args=[incident.number])
    return _asked(request, form, act, page="problems/link.html", context=context, done=done)


@desk_view
def add_incident(request, number):
    """Name an incident that a problem causes."""
    one = found_problem(request, number)
    form = IncidentForm(request.user, _data(request))

    def act(values):
        services.link_incident(one, values["incident"], actor=request.user)
        messages.success(request, _("Linked with %(number)s.") % {"number": values["incident"].number})

    context = {"problem": one, "title": _("Link an incident")}
    return _asked(request, form, act, page="problems/act.html", context=context, done=_page(one))


@desk_view
def add_change(request, number):
    """Name a change that is to solve a problem."""
    one = found_problem(request, number)
    _refuse_idle(request, one, not one.state_info.is_final)
    form = ChangeForm(request.user, _data(request))

    def act(values):
        services.link_change(one, values["change"], actor=request.user)
        messages.success(request, _("Linked with %(number)s.") % {"number": values["change"].number})

    context = {"problem": one, "title": _("Link a change")}
    return _asked(request, form, act, page="problems/act.html", context=context, done=_page(one))


@desk_view
def duplicate(request, number):
    """Close a problem because another one is about the same."""
    one = found_problem(request, number)
    _refuse_idle(request, one, one.state_info in BEFORE_A_FIX)
    form = DuplicateForm(request.user, _data(request))

    def act(values):
        services.close_as_duplicate(one, values["original"], actor=request.user)

    context = {"problem": one, "title": _("Close as a duplicate")}
    return _asked(request, form, act, page="problems/act.html", context=context, done=_page(one))


@desk_view
def accept_risk(request, number):
    """Ask somebody to agree that a known error stays as it is."""
    one = found_problem(request, number)
    _refuse_idle(request, one, one.state == "known_error")
    form = RiskForm(_data(request))

    def act(values):
        services.ask_acceptance(one, actor=request.user, **values)
        messages.success(request, _("%(name)s was asked.") % {"name": values["approver"].display_name})

    context = {"problem": one, "title": _("Ask to accept the risk")}
    return _asked(request, form, act, page="problems/act.html", context=context, done=_page(one))


@desk_view
def add_task(request, number):
    """Give somebody a piece of work."""
    one = found_problem(request, number)
    _refuse_idle(request, one, not one.state_info.is_final)
    form = TaskForm(one, request.user, _data(request))

    def act(values):
        services.add_task(one, actor=request.user, **values)

    context = {"problem": one, "title": _("Add a task")}
    return _asked(request, form, act, page="problems/act.html", context=context, done=_page(one))


@desk_view
@require_POST
def publish(request, number):
    """Tell everybody whom the problem concerns what helps, and draft the article."""
    one = found_problem(request, number)
    try:
        draft = services.publish_workaround(one, actor=request.user, language=get_language() or "")
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(_page(one))
    messages.success(request, _("Published: the people of the linked incidents are being told."))
    if draft is None:
        messages.info(request, _("Its article is under review: bring it up to date afterwards."))
    return redirect(_page(one))


def _refuse_idle(request, problem, is_possible):
    """A page for what cannot be done now does not exist; sent nevertheless, the service says why."""
    if request.method != "POST" and not (is_possible and rules.investigates_it(request.user, problem)):
        raise Http404


def _page(problem):
    return reverse("problems:problem", args=[problem.number])
