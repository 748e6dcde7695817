"""One change: the list it stands in, its page, writing it, its steps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from changes import rules, services
from changes.forms.planning import ChangeForm, FilterForm, NewChangeForm, StepForm
from changes.models import Change
from changes.selectors import listing, reviewing
from changes.services.scheduling import obstacles
from cmdb.models import ConfigurationItem
from cmdb.selectors import importing
from cmdb.selectors.listing import services_failing
from core.access import desk_view
from core.errors import NotAllowed, Refused, Stale
from tickets import services as tickets
from tickets.models import Ticket
from tickets.selectors import approving
from tickets.selectors.working import tasks_of
from tickets.services import tasks

RELATED = ("requester", "implementer", "assignee", "team", "service", "organisation", "template")
SHOWN_ITEMS = 100


def found_change(request, number):
    return get_object_or_404(Change.objects.visible_to(request.user).select_related(*RELATED), number=number)


@desk_view
@require_safe
def changes(request):
    form = FilterForm(request.GET)
    after = request.GET.get("after", "")
    page = listing.page_of(listing.filtered(request.user, form.asked()), int(after) if _is_key(after) else 0)
    return render(request, "changes/list.html", {"form": form, "page": page})


@desk_view
def new(request):
    """Write down a change; the rest of it can follow on its page."""
    user = request.user
    solved = _solved(request)
    if (drift := _drift(request)) is not None:
        initial, items = _about(drift), [drift.line.item]
    elif solved is not None:
        initial, items = {"title": solved.title, "service": solved.service_id}, solved.affected_items.all()
    else:
        asked = request.GET.get("item", "")[:200].replace("\0", "")
        initial = {"title": request.GET.get("title", "")[:200]}
        items = ConfigurationItem.objects.visible_to(user).filter(slug=asked) if asked else ()
    organisations = user.served_organisation_ids or [user.organisation_id]
    form = NewChangeForm(user, request.POST or None, organisations=organisations, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change = services.open_change(actor=user, solves=solved, **form.values())
            messages.success(request, _("Ticket %(number)s was opened.") % {"number": change.number})
            return redirect("changes:change", change.number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {"form": form, "solved": solved}
    return render(request, "changes/edit.html", context, status=422 if form.is_bound else 200)


def _drift(request):
    """What an import found on an item that its record does not say (`?drift=`), if any."""
    typed = request.GET.get("drift", "")
    return importing.drift_of(request.user, int(typed)) if _is_key(typed) else None


def _about(drift) -> dict:
    """A change that puts right what was found: the differences, and where they were seen."""
    item, run = drift.line.item, drift.line.run
    found = "\n".join(f"- {one.name}: {one.before} → {one.after}" for one in drift.drift)
    where = _("%(source)s, %(file)s, line %(line)s") % {"source": run.source, "file": run, "line": drift.line.number}
    title = _("%(item)s is not as recorded") % {"item": item}
    said = _("Found without a change that explains it (%(where)s):") % {"where": where}
    return {"title": title[:200], "description": f"{said}\n\n{found}"}


def _solved(request):
    """The visible ticket that the new change is to solve (`?solves=`), if any."""
    number = (request.POST.get("solves") or request.GET.get("solves", ""))[:20].replace("\0", "")
    if not number:
        return None
    return get_object_or_404(Ticket.objects.visible_to(request.user).exclude(kind="change"), number=number)


@desk_view
@require_safe
def change(request, number):
    """Everything about one change: what, when, how, who agrees, what is in the way."""
    one = found_change(request, number)
    items = list(one.affected_items.select_related("item_class")[:SHOWN_ITEMS])
    context = {
        "change": one,
        "stages": one.stages,
        "steps": one.workflow.available(request.user, one),
        "usual": one.workflow.usual.get(one.state),
        "may_plan": rules.prepares_it(request.user, one) and one.state in services.PLANNABLE,
        "causes": reviewing.causes_of(one, request.user),
        "records": reviewing.records_of(one, request.user) if one.actual_start else [],
        "related": reviewing.related_to(one, request.user),
        "may_review": bool(one.actual_start) and one.is_open and rules.reviews_it(request.user, one),
        "tasks": tasks_of(request.user, one),
        "assessment": one.assessments.select_related("made_by").first(),
        "may_assess": rules.prepares_it(request.user, one) and not rules.assess_refusal(one),
        "obstacles": obstacles(one) if one.state in services.PLANNABLE else [],
        "items": items,
        "impacted": services_failing(request.user, items),
        "rounds": approving.trail_of(one),
        "vote": approving.waiting_for(request.user).filter(ticket=one.pk).first(),
    }
    return render(request, "changes/change.html", context)


@desk_view
@require_POST
def task(request, number, pk):
    """Start a step of the work, or end it."""
    one = get_object_or_404(found_change(request, number).tasks.visible_to(request.user), pk=pk)
    command = tasks.start if request.POST.get("do") == "start" else tasks.complete
    try:
        command(one, actor=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("changes:change", number)


@desk_view
def edit(request, number):
    """What is planned. Whoever was overtaken sees what changed, keeps what they typed, and decides (409)."""
    one = found_change(request, number)
    initial = {name: getattr(one, name) for name in ChangeForm.base_fields if name != "affected_items"}
    initial["implementer"] = one.implementer_id
    options = {"organisations": [one.organisation_id], "initial": initial, "template": one.template}
    options["items"] = one.affected_items.all()
    form = ChangeForm(request.user, request.POST or None, **options)
    status, overtaken = 422 if form.is_bound else 200, []
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.plan_change(one, actor=request.user, values=form.values(), version=version)
            messages.success(request, _("Saved."))
            return redirect("changes:change", number)
        except Stale as stale:
            typed = request.POST.copy()
            typed["version"] = stale.current
            form = ChangeForm(request.user, typed, **options)
            form.is_valid()
            status, overtaken = 409, stale.changes
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "changes/edit.html", {"form": form, "change": one, "overtaken": overtaken}, status=status)


@desk_view
def step(request, number, name):
    """One step of the table: its form where it asks something, and the step itself."""
    one = found_change(request, number)
    taken = one.workflow.find(name)
    if taken is None or taken.is_system:
        raise Http404
    form = StepForm(taken, one, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = request.POST.get("version", "")
            version = int(given) if _is_key(given) else None
            tickets.take_transition(one, name, actor=request.user, values=form.values(), version=version)
            messages.success(request, _("Done: %(action)s.") % {"action": taken.label})
            return redirect("changes:change", number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            return _step(request, one, taken, form, refusal.status)
    return _step(request, one, taken, form, 422 if form.is_bound else 200)


def _step(request, one, taken, form, status):
    return render(request, "changes/step.html", {"change": one, "step": taken, "form": form}, status=status)


def _is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < 10
