"""Pages about personal data: one's own copy; for administrators also holding and erasing."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import rules
from accounts.forms.privacy import HoldForm, ReasonForm
from accounts.forms.service_form import add_refusal
from accounts.models import Erasure, PersonalExport, User
from accounts.services import privacy
from accounts.views.guards import administrators_only
from core.access import signed_in
from core.errors import NotAllowed, Refused
from core.forgetting import outlook

SHOWN = 10


@signed_in
def own(request):
    """A copy of everything about oneself: asked for, being made, ready for a week."""
    if request.method == "POST":
        privacy.ask_export(request.user, actor=request.user)
        messages.success(request, _("The copy is being made. It is listed here as soon as it is ready."))
        return redirect("accounts:privacy")
    return render(request, "accounts/privacy.html", {"exports": request.user.exports.all()[:SHOWN]})


@signed_in
@require_safe
def download(request, pk):
    """The archive, for the person and administrators, until it expires; there is no other way to it."""
    export = get_object_or_404(PersonalExport.objects.select_related("person"), pk=pk)
    if not (rules.exports_data(request.user, export.person) and export.is_open):
        raise Http404
    name = f"personal-data-{export.person_id}.zip"
    response = FileResponse(export.file.open("rb"), as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


@administrators_only
@require_safe
def of_person(request, pk):
    return _page(request, _person(pk))


@administrators_only
@require_POST
def act(request, pk, name):
    """export, hold, or erase (ask for it)."""
    person = _person(pk)
    if name == "export":
        privacy.ask_export(person, actor=request.user)
        return redirect("accounts:person_privacy", pk)
    if name not in ("hold", "erase"):
        raise Http404
    form = HoldForm(request.POST) if name == "hold" else ReasonForm(request.POST)
    if form.is_valid():
        command = privacy.hold if name == "hold" else privacy.ask_erasure
        try:
            command(person, actor=request.user, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:person_privacy", pk)
    return _page(request, person, status=422, **{f"{name}_form": form})


@administrators_only
@require_POST
def decide(request, pk, answer):
    """The second administrator: grant or refuse."""
    if answer not in ("grant", "refuse"):
        raise Http404
    erasure = get_object_or_404(Erasure.objects.select_related("person"), pk=pk)
    privacy.decide_erasure(erasure, actor=request.user, grant=answer == "grant")
    messages.success(request, _("Saved."))
    return redirect("accounts:person_privacy", erasure.person_id)


def _page(request, person, *, status=200, **forms):
    context = {
        "person": person,
        "exports": person.exports.select_related("asked_by")[:SHOWN],
        "erasures": person.erasures.select_related("asked_by", "decided_by"),
        "hold_form": HoldForm(initial={"reason": person.legal_hold}),
        "erase_form": ReasonForm(),
        "outlook": None if person.is_active else outlook(person),
    }
    return render(request, "accounts/person_privacy.html", context | forms, status=status)


def _person(pk):
    return get_object_or_404(User, pk=pk)
