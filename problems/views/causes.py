"""One cause of an analysis: its note, the evidence for or against it, and what is to be done about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.service_form import add_refusal
from accounts.selectors import person_called
from core.access import desk_view
from core.errors import NotAllowed, Refused
from problems import services
from problems.causes.tree import EvidenceKind
from problems.forms.analysis import ActionForm, EvidenceForm, NoteForm
from problems.selectors import analysis as selectors
from problems.selectors import links
from problems.views.analysis import found_analysis, may_analyse
from tickets.models import Attachment

SUGGESTED = 50


@desk_view
def cause(request, number, pk, node):
    one = found_analysis(request, number, pk)
    found = one.tree.nodes().get(node)
    if found is None:
        raise Http404
    user, act = request.user, request.POST.get("do", "")
    data = {name: request.POST if act == name else None for name in ("note", "evidence", "action")}
    forms = {
        "note": NoteForm(data["note"], initial={"note": found.note, "version": one.version}),
        "evidence": EvidenceForm(user, one.problem, data["evidence"], prefix="evidence"),
        "action": ActionForm(data["action"], prefix="action"),
    }
    status = 200
    if request.method == "POST":
        status = 422
        form = forms.get(act)
        if form is None or form.is_valid():
            try:
                if _done(one, node, user, act, form.cleaned_data if form else request.POST):
                    messages.success(request, _("Saved."))
                    return redirect("problems:cause", number, pk, node)
            except services.Overtaken as overtaken:
                form, status = _overtaken(request, overtaken), 409
                forms["note"] = form
            except NotAllowed:
                raise
            except Refused as refusal:
                status = refusal.status
                if form is not None:
                    add_refusal(form, refusal)
                else:
                    messages.warning(request, str(refusal))
                    return redirect("problems:cause", number, pk, node)
    return render(request, "problems/analysis/cause.html", _context(request, one, found, forms), status=status)


def _done(one, node, user, act, given) -> bool:
    """Do what was asked for; False where nothing known was."""
    if act == "note":
        services.annotate(one, node, actor=user, note=given["note"], version=given["version"])
    elif act == "evidence":
        services.add_evidence(one, node, actor=user, **given)
    elif act == "action":
        services.add_action(one, node, actor=user, **given)
    elif act == "remove":
        gone = {name: given.get(name, "") for name in ("kind", "ref", "text")}
        services.remove_evidence(one, node, actor=user, **gone)
    elif act == "take-on":
        owner = person_called(given.get("owner", "")[:254]) or user
        services.take_on(one, given.get("action", ""), actor=user, owner=owner)
    else:
        return False
    return True


def _overtaken(request, overtaken):
    """The note again, with what was typed and what the other wrote beside it; sending it once more keeps this one."""
    typed = request.POST.copy()
    typed["version"] = overtaken.analysis.version
    form = NoteForm(typed)
    form.is_valid()
    for clash in overtaken.clashes:
        words = {"name": str(overtaken.analysis.changed_by or "–"), "text": clash.theirs}
        form.add_error("note", _("%(name)s wrote meanwhile: %(text)s. Sending it again keeps yours.") % words)
    return form


def _context(request, one, found, forms):
    user, problem, tree = request.user, one.problem, one.tree
    targets = selectors.evidence_targets(tree, problem, user)
    tasks = selectors.tasks_by_action(tree, problem, user)
    names = selectors.names_of([found.by, *(action.owner for action in found.actions)])
    evidence = [
        (item, EvidenceKind(item.kind).label, targets.get((item.kind, item.ref)), _address(item, targets))
        for item in found.evidence
    ]
    known = [ticket.number for ticket in links.incidents_of(problem, user)[:SUGGESTED]]
    known += [ticket.number for ticket in links.changes_of(problem, user)[:SUGGESTED]]
    known += [item.name for item in problem.affected_items.all()[:SUGGESTED]]
    files = Attachment.objects.visible_to(user).filter(ticket=problem.pk)
    known += list(files.values_list("name", flat=True)[:SUGGESTED])
    return {
        "problem": problem,
        "analysis": one,
        "node": found,
        "evidence": evidence,
        "actions": [(act, tasks.get(act.id), names.get(act.owner, act.owner)) for act in found.actions],
        "author": names.get(found.by, found.by),
        "known": list(dict.fromkeys(known)),
        "may_analyse": may_analyse(user, problem),
        "forms": forms,
    }


def _address(item, targets):
    target = targets.get((item.kind, item.ref))
    if target is None:
        return ""
    if item.kind in selectors.OF_TICKETS:
        return reverse("desk:ticket", args=[target.number])
    if item.kind == EvidenceKind.ITEM:
        return reverse("cmdb:item", args=[target.pk])
    return reverse("portal:attachment", args=[target.pk])
