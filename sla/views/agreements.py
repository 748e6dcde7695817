"""Reading agreements: the list, a version with everything beside it, differences, dry run, the printable document."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from core.access import signed_in
from core.errors import Refused
from events.models import Event
from sla import access, workflow
from sla.forms.agreements import CarryForm, DryRunForm, ListFilter, SignForm, StepForm
from sla.models import AgreementVersion
from sla.selectors import agreements as reading
from sla.selectors import comparing, documents, trying
from sla.selectors.content import digest_of
from sla.services.agreements import refuse_incomplete

LANGUAGES = {"zh": "zh-hans", "en": "en"}
HISTORY = 30


def shell_of(user) -> str:
    """People of the desk read in its frame, the other side in the portal's."""
    return "desk_base.html" if user.is_staff_member else "portal_base.html"


def version_for(request, agreement, v, *, for_writing=False) -> AgreementVersion:
    """A version this person sees; else 404. Pages that write ask for more: else 403."""
    version = get_object_or_404(
        AgreementVersion.objects.visible_to(request.user).select_related(
            "agreement__customer", "agreement__supplier", "agreement__team", "agreement__owner",
            "policy", "provider_signer", "other_signer",
        ),
        agreement=agreement, number=v,
    )  # fmt: skip
    if for_writing and not access.edits(request.user, version):
        raise PermissionDenied
    return version


def back_to(version, anchor=""):
    """To the page of a version, at the place where somebody acted."""
    response = redirect("sla:agreement_version", version.agreement_id, version.number)
    response["Location"] += f"#{anchor}" if anchor else ""
    return response


@require_safe
@signed_in
def agreement_list(request):
    """By kind and state. Who is neither of the desk nor named anywhere learns nothing."""
    chosen = ListFilter(request.GET)
    chosen.is_valid()
    versions = reading.versions_for(
        request.user, kind=chosen.cleaned_data.get("kind", ""), state=chosen.cleaned_data.get("state", "")
    )
    page = Paginator(versions, 50).get_page(request.GET.get("page"))
    if not request.user.is_staff_member and not AgreementVersion.objects.visible_to(request.user).exists():
        raise Http404
    context = {"form": chosen, "page": page, "manages": access.manages(request.user), "shell": shell_of(request.user)}
    return render(request, "sla/agreements/list.html", context)


@require_safe
@signed_in
def agreement_page(request, agreement):
    """The version of most interest: the one being written, else the one in force, else the last."""
    versions = AgreementVersion.objects.visible_to(request.user).filter(agreement=agreement)
    version = (
        versions.filter(state__in=reading.LIVE).order_by("-number").first() or versions.order_by("-number").first()
    )
    if version is None:
        raise Http404
    return redirect("sla:agreement_version", agreement, version.number)


@require_safe
@signed_in
def version_page(request, agreement, v):
    return shown(request, version_for(request, agreement, v))


def shown(request, version, *, status=200, **forms):
    """The page of a version, with forms that were refused in place of empty ones."""
    user = request.user
    side, tables = access.side_of(user, version), reading.promise_tables(version)
    is_provider = access.edits(user, version)
    context = {
        "shell": shell_of(user),
        "version": version,
        "agreement": version.agreement,
        "versions": AgreementVersion.objects.visible_to(user).filter(agreement=version.agreement).order_by("-number"),
        "way": reading.way_of(version),
        "tables": tables,
        "clauses": reading.clauses_of(version),
        "scope_words": reading.scope_words(version),
        "remarks": reading.remarks_by_row(version, user, tables),
        "sides": reading.sides_of(version),
        "digest": digest_of(version),
        "manages": access.manages(user),
        "edits": is_provider and version.is_editable,
        "speaks": bool(side) and version.state == AgreementVersion.State.NEGOTIATING,
        "signs": side and _may_sign(user, version),
        "steps": workflow.steps_from(version.state, is_provider=is_provider) if side else [],
        "waits": _what_hinders(version) if is_provider else "",
        "history": _history(version),
        "carrying": reading.carrying_of(version) if version.is_binding and access.manages(user) else None,
        "carry_form": CarryForm(),
        "step_form": StepForm(),
        "sign_form": SignForm(initial={"digest": digest_of(version), "title": user.title}),
    }
    return render(request, "sla/agreements/version.html", context | forms, status=status)


def _may_sign(user, version):
    if version.state != AgreementVersion.State.PENDING_SIGNATURE:
        return False
    own = "provider" if user.pk == version.provider_signer_id else "other"
    named = user.pk in (version.provider_signer_id, version.other_signer_id)
    return named and not version.signatures.filter(side=own, digest=digest_of(version)).exists()


def _what_hinders(version) -> str:
    """Why it could not come into force as it is, before anybody tries."""
    if version.state not in (*AgreementVersion.EDITABLE, AgreementVersion.State.PENDING_SIGNATURE):
        return ""
    try:
        refuse_incomplete(version)
    except Refused as refusal:
        return str(refusal)
    return ""


def _history(version):
    """The last steps of this version, out of the ledger, newest first."""
    events = Event.objects.filter(subject_kind="agreement", subject_id=version.agreement_id)
    return events.filter(data__version=version.number).select_related("actor").order_by("-id")[:HISTORY]


@require_safe
@signed_in
def difference_page(request, agreement, v):
    """What this version says otherwise than another (?with=), the one before it unless told."""
    version = version_for(request, agreement, v)
    typed = request.GET.get("with", "")
    other = comparing.compared_with(version, int(typed) if typed.isascii() and typed.isdigit() else None)
    others = AgreementVersion.objects.visible_to(request.user).filter(agreement=agreement).exclude(pk=version.pk)
    if other is not None and other not in others:
        raise Http404
    context = {
        "shell": shell_of(request.user),
        "version": version,
        "other": other,
        "others": others.order_by("-number"),
        "changes": comparing.changes_between(other, version) if other else [],
    }
    return render(request, "sla/agreements/difference.html", context)


@require_safe
@signed_in
def dry_run(request, agreement, v):
    """The version's matching rules over past tickets; every count opens the list it counts. For managers."""
    version = version_for(request, agreement, v)
    if not access.manages(request.user):
        raise PermissionDenied
    form = DryRunForm(request.GET if "days" in request.GET else {"days": 30})
    context = {"shell": shell_of(request.user), "version": version, "form": form, "at_most": trying.AT_MOST}
    if form.is_valid():
        days, shown_now = form.cleaned_data["days"], request.GET.get("show", "")
        context |= {"days": days, "trial": trying.trial(version, request.user, days=days), "show": shown_now}
        if shown_now in trying.SHOWN:
            tickets = trying.tickets_shown(version, request.user, days=days, shown=shown_now)
            page = Paginator(tickets.select_related("service"), 50).get_page(request.GET.get("page"))
            bound = AgreementVersion.objects.select_related("agreement").in_bulk(
                {pk for ticket in page for pk in (ticket.would_bind, ticket.did_bind) if pk}
            )
            context |= {"page": page, "bound": bound}
    return render(request, "sla/agreements/dry_run.html", context, status=200 if form.is_valid() else 422)


@require_safe
@signed_in
def document(request, agreement, v):
    """For paper, in the language asked for (?lang=zh | en), out of the rows the engine counts by."""
    version = version_for(request, agreement, v)
    language = LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())
    with translation.override(language):
        context = {
            "version": version,
            "agreement": version.agreement,
            "document": documents.document_of(version),
            "scope_words": reading.scope_words(version),
        }
        return render(request, "sla/agreements/document.html", context)
