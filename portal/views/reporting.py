"""Reporting a fault: one field to type."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from core.access import signed_in
from core.errors import Refused
from core.htmx import go_to
from knowledge import helping
from knowledge import selectors as knowledge_selectors
from portal import selectors, services, standing
from portal.forms import ReportForm
from portal.views.tickets import url_of


@signed_in
def report(request):
    """The form; on POST the ticket's page, or the form again with its errors and the typed text (422)."""
    if request.method != "POST":
        return _page(request, ReportForm(request.user, initial=_brought_along(request)))
    form = ReportForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        ticket = services.report(
            actor=request.user,
            text=given["text"],
            sending=given["sending"],
            requester=given["on_behalf_of"] or request.user,
            service=given["service"],
            impact=given["affects"],
            urgency=given["hinders"],
            place=given["place"],
            contact=given["contact"],
            uploads=request.FILES.getlist("files"),
        )
    except Refused as refusal:
        for name, problems in (refusal.fields or {None: [refusal.message]}).items():
            for problem in problems:
                form.add_error(name if name in form.fields else None, problem)
        return _page(request, form, status=refusal.status)
    helping.submitted(request, given["text"])
    messages.success(request, _("Thank you. Your ticket is %(number)s.") % {"number": ticket.number})
    return go_to(request, url_of(ticket))


@signed_in
@require_GET
def people(request):
    """Options for a field that names a colleague, whatever it is called: by name, pinyin, staff number or phone."""
    text = next(iter(request.GET.values()), "").replace("\0", "")[:80].strip()
    found = User.objects.visible_to(request.user).active().select_related("department")
    matching = found.matching(text)[:10] if len(text) >= 2 or not text.isascii() else []
    return render(request, "portal/_people.html", {"people": matching})


@signed_in
@require_GET
def expected(request):
    """What may be expected, by what is chosen on the form so far."""
    return render(request, "portal/_expected.html", {"expected": _expected(request.user, request.GET)})


def _expected(user, chosen):
    """`chosen` are the form's values; what is missing or nonsense counts as what the form starts with."""
    form = ReportForm(user, chosen)
    form.full_clean()
    given = form.cleaned_data
    return selectors.expected(
        (given.get("on_behalf_of") or user).organisation,
        service=given.get("service"),
        impact=given.get("affects") or form["affects"].initial,
        urgency=given.get("hinders") or form["hinders"].initial,
    )


def _brought_along(request):
    """What a tile or the search box passed on: text and service."""
    brought = {"text": request.GET.get("text", "")[:10_000].replace("\0", "")}
    slug = request.GET.get("service", "")[:80].replace("\0", "")
    if slug and (service := selectors.offered_services(request.user).filter(slug=slug).first()):
        brought["service"] = service.pk
    return brought


def _page(request, form, status=200):
    text = form["text"].value() or ""
    context = {
        "form": form,
        "expected": _expected(request.user, {field.name: field.value() for field in form}),
        "words": text[:200],
        **standing.banners_for(request.user),
        "suggestions": knowledge_selectors.suggested(request.user, text, service=form["service"].value(), limit=4),
    }
    template = "portal/_report_form.html" if request.htmx else "portal/report.html"
    return render(request, template, context, status=status)
