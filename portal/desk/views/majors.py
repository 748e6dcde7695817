"""Major incidents at the desk: the list, the command page, each of its acts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused
from incidents import rules, selectors
from incidents import services as incidents
from incidents.models import Incident
from incidents.vocabulary import TEMPLATES
from incidents.workflow import MAJOR
from portal.desk.major_forms import ArrangeForm, MajorStepForm, NoteForm, UpdateForm
from portal.desk.views.answering import told_in_form
from tickets import selectors as tickets_selectors

SHOWN = 100
CHILDREN = 100


@desk_view
@require_safe
def listing(request):
    """Everything that is or was major, what needs somebody first."""
    majors = list(selectors.majors_for(request.user)[:SHOWN])
    return render(request, "desk/majors.html", {"majors": majors})


@desk_view
@require_safe
def page(request, number):
    """The command page of a major incident, also of one that is only proposed."""
    return _page(request, _found(request, number))


@desk_view
@require_safe
def children(request, number):
    """The reports below it, fetched again and again while the page is open."""
    return render(request, "desk/_major_children.html", _family(request, _found(request, number)))


@desk_view
def step(request, number, name):
    """One step of the table: its form and the step itself."""
    major = _found(request, number, with_ordinary=True)
    taken = MAJOR.get(name)
    form = MajorStepForm(taken, major, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            incidents.take_major(major.incident, name, actor=request.user, values=form.values())
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            return _form(request, major, taken.label, form, status=refusal.status)
        messages.success(request, _("Done: %(action)s.") % {"action": taken.label})
        return redirect("desk:major", number)
    return _form(request, major, taken.label, form, status=422 if request.method == "POST" else 200)


@desk_view
def arrange(request, number):
    """Commander, bridge, rhythm and affected services."""
    major = _found(request, number)
    form = ArrangeForm(request.user, request.POST if request.method == "POST" else None, instance=major)
    if request.method == "POST" and form.is_valid():
        try:
            incidents.arrange_major(major.incident, actor=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            return _form(request, major, _("Arrange"), form, status=refusal.status)
        messages.success(request, _("Saved."))
        return redirect("desk:major", number)
    return _form(request, major, _("Arrange"), form, status=422 if request.method == "POST" else 200)


@desk_view
@require_POST
def update(request, number):
    """News for an audience."""
    major = _found(request, number)
    form = UpdateForm(major, request.POST)
    return _spoken(request, major, form, "update_form", incidents.post_update, _("Sent."))


@desk_view
@require_POST
def note(request, number):
    """A line of the timeline by hand."""
    major = _found(request, number)
    return _spoken(request, major, NoteForm(request.POST), "note_form", incidents.note_on_major, _("Saved."))


@desk_view
@require_POST
def attach(request, number):
    """Bring every open report of its services under it."""
    major = _found(request, number)
    count = incidents.attach_children(major.incident, actor=request.user)
    messages.success(request, _("Attached: %(count)s.") % {"count": count})
    return redirect("desk:major", number)


def _found(request, number, *, with_ordinary=False):
    """The row beside a visible incident; 404 where there is none. An ordinary one only for its first step."""
    related = ("service", "team", "assignee", "requester")
    incident = Incident.objects.visible_to(request.user).select_related(*related).filter(number=number).first()
    if incident is None or not (incident.major_state or with_ordinary):
        raise Http404
    return selectors.major_of(incident)


def _spoken(request, major, form, name, command, thanks):
    status = 422
    if form.is_valid():
        try:
            command(major.incident, actor=request.user, **form.cleaned_data)
            messages.success(request, thanks)
            return redirect("desk:major", major.incident.number)
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            status = refusal.status
    return _page(request, major, status=status, **{name: form})


def _page(request, major, *, status=200, **forms):
    user, incident = request.user, major.incident
    template = request.GET.get("template", "")
    context = {
        "major": major,
        "incident": incident,
        "steps": MAJOR.available(user, major),
        "services": list(major.services.all()),
        "updates": list(major.updates.select_related("author")[:SHOWN]),
        "timeline": tickets_selectors.timeline(incident, user)[::-1][:SHOWN],
        "may_report": rules.reports_on_major(user, major),
        "may_lead": rules.leads_major(user, major),
        "templates": [(key, label) for key, (label, _words) in TEMPLATES.items()],
        "template": template,
        "update_form": UpdateForm(major, template=template),
        "note_form": NoteForm(),
        "is_update_late": major.next_update_due is not None and major.next_update_due < clock.now(),
        "bridge_url": major.bridge if major.bridge.startswith(("https://", "http://")) else "",
    }
    return render(request, "desk/major.html", context | _family(request, major) | forms, status=status)


def _family(request, major):
    below = selectors.children_of(major, request.user)
    return {
        "major": major,
        "children": list(below[:CHILDREN]),
        "children_count": below.count(),
        "attachable_count": selectors.attachable(major, request.user).count(),
        "may_report": rules.reports_on_major(request.user, major),
    }


def _form(request, major, title, form, status=200):
    context = {"major": major, "incident": major.incident, "title": title, "form": form}
    return render(request, "desk/major_step.html", context, status=status)
