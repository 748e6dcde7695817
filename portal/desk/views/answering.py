"""How a ticket's page answers: the fresh ticket and a word of thanks, or what went wrong with the typed text kept."""

import json
import re

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from portal.desk import meanwhile, rows, ticket_page
from portal.desk.access import found
from portal.desk.learning import may_write_down
from tickets import rules
from tickets.models import TicketArticle
from tickets.services import UnreadableArticles

_FORM_ID = re.compile(r"[a-z]{1,20}\Z")


def ticket_answer(request, number, message="", *, tone="green", status=200, events=(), **more):
    """The ticket as it stands now: its panel under htmx (with its queue row beside a preview), else its page."""
    ticket = found(request, number)
    if not request.htmx:
        if message:
            messages.add_message(request, messages.WARNING if tone == "red" else messages.SUCCESS, message)
        return redirect(ticket_page.url_of(ticket))
    context = ticket_page.context_for(request, ticket, pane=request.POST.get("pane", ""), **more)
    if context["pane"]:
        context["row"] = rows.rows_of([ticket])[0]
    response = render(request, "desk/_ticket.html", context, status=status)
    response["HX-Retarget"] = "#ticket"
    response["HX-Reswap"] = "outerHTML"
    happened = {"close-dialog": "", **dict.fromkeys(events, "")}
    if message:
        happened["toast"] = {"text": str(message), "tone": tone}
    response["HX-Trigger"] = json.dumps(happened)
    return response


def resolved_answer(request, number):
    """Sent and resolved, and on to the next ticket: the word of it follows there, and still offers to write it down."""
    ticket, told = found(request, number), _("Sent and resolved.")
    if may_write_down(request.user, ticket, TicketArticle.objects.filter(ticket=ticket.pk)):
        told = render_to_string("desk/_resolved.html", {"ticket": ticket, "told": told}, request)
    if request.htmx and request.POST.get("pane"):
        return ticket_answer(request, number, events=["desk:next"], told=told)
    if request.htmx:
        # the browser leaves this page at once: the next one shows it
        messages.success(request, told)
        told = ""
    return ticket_answer(request, number, told, events=["desk:next"])


def stale_answer(request, ticket, stale):
    """409: who changed what meanwhile. The form keeps its text and files and may be sent again with the new version."""
    context = {"ticket": ticket, "current": stale.current, "changes": meanwhile.told(stale)}
    form_id = request.POST.get("form_id", "")
    if not request.htmx or not _FORM_ID.match(form_id):
        context["typed"] = meanwhile.typed(request.POST)
        return render(request, "desk/stale.html", context, status=409)
    response = render(request, "desk/_stale.html", context | {"form_id": form_id}, status=409)
    response["HX-Retarget"] = f"#stale-{form_id}"
    response["HX-Reswap"] = "innerHTML"
    return response


def duties_answer(request, ticket, duties):
    """Mandatory steps are open: the form keeps everything and may be sent again all the same."""
    context = {"ticket": ticket, "duties": duties, "known": request.POST.get("known", "")}
    return _in_form(request, render(request, "desk/_duties.html", context, status=422))


def unreadable_answer(request, ticket, refusal):
    """Some readers cannot open what the reply refers to: sent all the same, kept as a note, or written otherwise."""
    context = {
        "ticket": ticket,
        "unread": refusal,
        "reads_internal": rules.reads_internal(request.user, ticket),
        "then": "resolve" if request.POST.get("then") == "resolve" else "",
        "anyway": "anyway" in request.POST,
        "has_files": bool(request.FILES),
    }
    if not request.htmx:
        return render(request, "desk/unreadable.html", context, status=422)
    return _in_form(request, render(request, "desk/_unreadable.html", context, status=422))


def problem_answer(request, refusal):
    """What is wrong with a form that stays on the page, told in its own place under htmx."""
    problems = [text for texts in refusal.fields.values() for text in texts] or [refusal.message]
    return _in_form(request, render(request, "desk/_problem.html", {"problems": problems}, status=refusal.status))


def _in_form(request, response):
    """The answer in the place for news of the form that asked."""
    form_id = request.POST.get("form_id", "")
    if _FORM_ID.match(form_id):
        response["HX-Retarget"] = f"#stale-{form_id}"
        response["HX-Reswap"] = "innerHTML"
    return response


def told_in_form(form, refusal):
    """Put a refusal's messages where they belong in `form`; what belongs nowhere stands above it.

    Articles that some readers cannot open stand above it with a button that sends it all the same.
    """
    if isinstance(refusal, UnreadableArticles):
        form.unread = refusal
        return
    if not isinstance(refusal, InvalidInput):
        form.add_error(None, str(refusal))
        return
    for name, problems in refusal.fields.items():
        for problem in problems:
            form.add_error(name if name in form.fields else None, problem)
