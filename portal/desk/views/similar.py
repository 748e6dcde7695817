"""Tickets like this one: beside a ticket, while one is taken down, and solving one the way another was solved."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import desk_view
from core.errors import NotAllowed, Refused, Stale
from core.htmx import fragment_or_page
from portal.confirming import knowing
from portal.desk import reusing
from portal.desk.access import found, version_of
from portal.desk.forms import DeskTransitionForm
from portal.desk.views.answering import stale_answer, ticket_answer, told_in_form
from tickets import kinds, rules
from tickets import selectors as tickets_selectors


@desk_view
@require_GET
def to_ticket(request, number):
    """The panel of the ticket page; alone, a page."""
    ticket = found(request, number)
    context = {
        "ticket": ticket,
        "similar": tickets_selectors.similar(request.user, ticket),
        "may_reuse": "resolve" in _steps(ticket) and ticket.is_open and rules.works_it(request.user, ticket),
    }
    return fragment_or_page(request, "desk/similar.html", "desk/_similar.html", context)


@desk_view
@require_GET
def to_text(request):
    """What others reported in the words just typed; nothing at all when nobody did."""
    text = f"{request.GET.get('title', '')}\n{request.GET.get('description', '')}".strip()
    found = tickets_selectors.similar(request.user, text) if text else []
    return fragment_or_page(request, "desk/similar.html", "desk/_similar.html", {"similar": found, "typed": text})


@desk_view
def reuse(request, number, other):
    """The resolve dialog with the words that solved `other`; sent, both tickets are linked."""
    ticket, solved = found(request, number), found(request, other)
    resolution = tickets_selectors.resolutions([solved]).get(solved.pk)
    step = _steps(ticket).get("resolve")
    if not resolution or step is None or solved.pk == ticket.pk:
        raise Http404
    form = DeskTransitionForm(step, ticket.typed, request.user, request.POST or None)
    form.initial |= {"resolution_notes": resolution, "resolution_code": getattr(solved.typed, "resolution_code", "")}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            values, version = form.values(), version_of(request)
            with knowing(request):
                reusing.resolve_like(ticket, solved, actor=request.user, values=values, version=version)
            return ticket_answer(request, number, _("Solved like %(number)s.") % {"number": solved.number})
        except Stale as stale:
            return stale_answer(request, ticket, stale)
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            status = refusal.status
    elif request.method == "POST":
        status = 422
    context = {
        "ticket": ticket,
        "title": _("Resolve"),
        "form": form,
        "action": request.path,
        "icon": step.icon,
        "hint": _("These words solved %(number)s. Make them fit; both tickets will be linked.")
        % {"number": solved.number},
    }
    return render(request, "desk/_dialog.html" if request.htmx else "desk/action.html", context, status=status)


def _steps(ticket) -> dict:
    """The arrows of this kind of ticket by name: not every kind is resolved."""
    return {step.name: step for step in kinds.workflow_of(ticket.kind).transitions}
