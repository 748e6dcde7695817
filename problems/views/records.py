"""One problem: the list it stands in, its page, writing it, its steps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb.models import ConfigurationItem
from core.access import desk_view
from core.errors import NotAllowed, Refused, Stale
from problems import rules, services
from problems.forms.records import FilterForm, KnownForm, NewProblemForm, ProblemForm, StepForm
from problems.models import Problem
from problems.selectors import links, listing
from problems.selectors.effects import effects_of
from problems.selectors.links import articles_of
from problems.workflow import BEFORE_A_FIX
from tickets import services as tickets
from tickets.models import Ticket
from tickets.selectors import approving
from tickets.selectors.working import tasks_of
from tickets.services import tasks

RELATED = ("opened_by", "assignee", "team", "service", "category", "organisation")
SHOWN = 100


def found_problem(request, number):
    return get_object_or_404(Problem.objects.visible_to(request.user).select_related(*RELATED), number=number)


@desk_view
@require_safe
def problems(request):
    form = FilterForm(request.user, request.GET)
    after = request.GET.get("after", "")
    page = listing.page_of(listing.filtered(request.user, form.asked()), int(after) if _is_key(after) else 0)
    return render(request, "problems/list.html", {"form": form, "page": page})


@desk_view
@require_safe
def known_errors(request):
    """What is known and not fixed for good, with what helps meanwhile."""
    form = KnownForm(request.user, request.GET)
    after = request.GET.get("after", "")
    page = listing.page_of(listing.known(request.user, form.asked()), int(after) if _is_key(after) else 0)
    return render(request, "problems/known_errors.html", {"form": form, "page": page})


@desk_view
def new(request):
    """Write down a problem, of its own or behind an incident (`?of=`) or an item (`?item=`)."""
    user, incident = request.user, _incident(request)
    if incident is not None:
        initial = {"title": incident.title, "service": incident.service_id, "category": incident.category_id}
        initial |= {"impact": incident.impact, "urgency": incident.urgency}
        items, organisations = incident.affected_items.all(), [incident.organisation_id]
    else:
        asked = request.GET.get("item", "")[:200].replace("\0", "")
        initial = {"title": request.GET.get("title", "")[:200]}
        items = ConfigurationItem.objects.visible_to(user).filter(slug=asked) if asked else ()
        organisations = user.served_organisation_ids or [user.organisation_id]
    data = request.POST if request.method == "POST" else None
    form = NewProblemForm(user, data, organisations=organisations, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        behind = {"incidents": [incident], "organisation": incident.organisation} if incident else {}
        try:
            problem = services.open_problem(actor=user, **behind, **form.values())
            messages.success(request, _("Ticket %(number)s was opened.") % {"number": problem.number})
            return redirect("problems:problem", problem.number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {"form": form, "incident": incident}
    return render(request, "problems/edit.html", context, status=422 if form.is_bound else 200)


def _incident(request):
    """The visible incident that the new problem is to explain (`?of=`), if any."""
    number = (request.POST.get("of") or request.GET.get("of", ""))[:20].replace("\0", "")
    if not number:
        return None
    return get_object_or_404(Ticket.objects.visible_to(request.user).filter(kind="incident"), number=number)


@desk_view
@require_safe
def problem(request, number):
    """Everything about one problem: cause, workaround, what it causes, what is to solve it."""
    one, user = found_problem(request, number), request.user
    may_work = rules.investigates_it(user, one)
    context = {
        "problem": one,
        "stages": one.stages,
        "steps": one.workflow.available(user, one),
        "usual": one.workflow.usual.get(one.state),
        "may_work": may_work and not one.state_info.is_final,
        "may_be_duplicate": may_work and one.state_info in BEFORE_A_FIX,
        "may_publish": may_work and one.has_published_help and not one.is_published,
        "tasks": tasks_of(user, one),
        "rounds": approving.trail_of(one),
        "vote": approving.waiting_for(user).filter(ticket=one.pk).first(),
        "fixes": effects_of(one),
        "articles": articles_of(one, user),
        "missing": one.what_is_missing() if one.state in ("assessing", "investigating") else [],
        "items": list(one.affected_items.select_related("item_class")[:SHOWN]),
        "waits_for": rules.fix_refusal(one) if one.state == "known_error" and may_work else None,
        "weeks": links.incidents_by_week(one, user),
        "incidents": list(links.incidents_of(one, user)[:SHOWN]),
        "changes": list(links.changes_of(one, user)[:SHOWN]),
        "related": links.related_to(one, user),
    }
    return render(request, "problems/problem.html", context)


@desk_view
@require_POST
def task(request, number, pk):
    """Start a task, or end it."""
    one = get_object_or_404(found_problem(request, number).tasks.visible_to(request.user), pk=pk)
    command = tasks.start if request.POST.get("do") == "start" else tasks.complete
    try:
        command(one, actor=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("problems:problem", number)


@desk_view
def edit(request, number):
    """What is known. Whoever was overtaken sees what changed, keeps what they typed, and decides (409)."""
    one = found_problem(request, number)
    initial = {name: getattr(one, name) for name in ProblemForm.base_fields if name != "affected_items"}
    options = {"organisations": [one.organisation_id], "initial": initial, "items": one.affected_items.all()}
    form = ProblemForm(request.user, request.POST if request.method == "POST" else None, **options)
    status, overtaken = 422 if form.is_bound else 200, []
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.describe(one, actor=request.user, values=form.values(), version=version)
            messages.success(request, _("Saved."))
            return redirect("problems:problem", number)
        except Stale as stale:
            typed = request.POST.copy()
            typed["version"] = stale.current
            form = ProblemForm(request.user, typed, **options)
            form.is_valid()
            status, overtaken = 409, stale.changes
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "problem": one, "overtaken": overtaken}
    return render(request, "problems/edit.html", context, status=status)


@desk_view
def step(request, number, name):
    """One step of the table: its form where it asks something, and the step itself."""
    one = found_problem(request, number)
    taken = one.workflow.find(name)
    if taken is None or taken.is_system:
        raise Http404
    form = StepForm(taken, one, request.user, request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            given = request.POST.get("version", "")
            version = int(given) if _is_key(given) else None
            tickets.take_transition(one, name, actor=request.user, values=form.values(), version=version)
            messages.success(request, _("Done: %(action)s.") % {"action": taken.label})
            return redirect("problems:problem", number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"problem": one, "step": taken, "form": form, "refusal": taken.guard(one) if taken.guard else None}
    return render(request, "problems/step.html", context, status=status)


def _is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < 10
