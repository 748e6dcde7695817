"""Writing an agreement: names, scope, targets and clauses of a version that can still be changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.service_form import add_refusal
from core.access import desk_view, signed_in
from core.errors import Refused
from sla import access, services
from sla.forms.agreement_targets import TargetsForm
from sla.forms.agreements import AgreementForm, ClauseForm, NamesForm, ScopeForm
from sla.models import Agreement, Clause
from sla.selectors.content import digest_of
from sla.views.agreements import back_to, shell_of, version_for
from tickets import kinds

# The kind of ticket whose targets are shown first: the one that nearly every agreement promises something about.
MOSTLY_ABOUT = "incident"


@desk_view
def new_agreement(request):
    """A new agreement and its first version, a draft."""
    if not access.manages(request.user):
        raise PermissionDenied
    form = AgreementForm(request.POST or None, initial={"owner": request.user.pk})

    def save(**values):
        return services.create_agreement(actor=request.user, **values)

    return _answered(request, form, save, _("New agreement"))


@signed_in
def edit_agreement(request, agreement):
    """Names, owner and rank; the parties stay."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=agreement)
    if not access.manages(request.user):
        raise PermissionDenied
    form = NamesForm(request.POST or None, instance=agreement)

    def save(**values):
        services.edit_agreement(agreement, actor=request.user, **values)
        return agreement.versions.order_by("-number").first()

    return _answered(request, form, save, str(agreement), back=agreement.versions.order_by("-number").first())


@require_POST
@signed_in
def new_version(request, agreement):
    """Start the next version as a copy of the one in force."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=agreement)
    version = services.new_version(agreement, actor=request.user)
    return redirect("sla:agreement_version", agreement.pk, version.number)


@signed_in
def scope(request, agreement, v):
    """Services, items, priorities, escalation policy, dates and signers."""
    version = version_for(request, agreement, v, for_writing=True)
    form = ScopeForm(request.POST or None, instance=version, initial={"based_on": digest_of(version)})

    def save(**values):
        return services.edit_version(version, actor=request.user, **values)

    return _answered(request, form, save, _("Scope, dates and signers of %s") % version, back=version)


@signed_in
def targets(request, agreement, v):
    """All targets of one kind of ticket (`?kind=`) at once."""
    version = version_for(request, agreement, v, for_writing=True)
    choices = kinds.choices()
    kind = request.GET.get("kind") or MOSTLY_ABOUT
    if kind not in dict(choices):
        raise Http404
    form = TargetsForm(request.POST or None, version=version, kind=kind, based_on=digest_of(version))

    def save(based_on=None, **_values):
        services.set_targets(version, form.rows, actor=request.user, kind=kind, based_on=based_on)
        return version

    heading = _("Targets of %s") % version
    more = {"kind": kind, "kinds": choices}
    return _answered(request, form, save, heading, back=version, template="sla/agreements/targets.html", **more)


@signed_in
def clause(request, agreement, v, clause=None):
    """Add (no clause) or change a clause."""
    version = version_for(request, agreement, v, for_writing=True)
    row = get_object_or_404(Clause, pk=clause, version=version) if clause else None
    initial = {"based_on": digest_of(version), "section": request.GET.get("section", "")}
    form = ClauseForm(request.POST or None, instance=row, initial={k: val for k, val in initial.items() if val})

    def save(**values):
        services.save_clause(version, actor=request.user, clause=row, **values)
        return version

    return _answered(request, form, save, _("Clause of %s") % version, back=version)


@require_POST
@signed_in
def move_clause(request, agreement, v, clause, places):
    """One place up or down its section; the browser comes back to it."""
    version = version_for(request, agreement, v, for_writing=True)
    services.move_clause(get_object_or_404(Clause, pk=clause, version=version), places, actor=request.user)
    return back_to(version, f"clause-{clause}")


@require_POST
@signed_in
def remove_clause(request, agreement, v, clause):
    version = version_for(request, agreement, v, for_writing=True)
    services.remove_clause(get_object_or_404(Clause, pk=clause, version=version), actor=request.user)
    return back_to(version, "clauses")


def _answered(request, form, save, heading, *, back=None, template="sla/agreements/form.html", **more):
    """Save what is sound and go to the version; else the form again with its errors (422)."""
    is_refused = False
    if request.method == "POST":
        is_refused = True
        if form.is_valid():
            try:
                version = save(**form.cleaned_data)
            except Refused as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("sla:agreement_version", version.agreement_id, version.number)
    context = {"form": form, "heading": heading, "back": back, "shell": shell_of(request.user)} | more
    return render(request, template, context, status=422 if is_refused else 200)
