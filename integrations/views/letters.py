"""The administrators' pages about letters that came in: what became of each, and another try."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views.guards import administrators_only
from integrations import letters, selectors, services
from integrations.forms import LetterFilter
from integrations.models import InboundMessage

ON_PAGE = 50
LONGEST_SHOWN = 20_000


@administrators_only
@require_safe
def letter_list(request):
    form, before = LetterFilter(request.GET or None), request.GET.get("before", "")
    narrowing = form.narrowing() if form.is_bound else {}
    rows = selectors.inbound(**narrowing)
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    rows = list(rows[: ON_PAGE + 1])
    kept = {name: request.GET[name] for name in ("state", "mailbox", "search") if request.GET.get(name)}
    older = urlencode({**kept, "before": rows[ON_PAGE - 1].pk}) if len(rows) > ON_PAGE else ""
    context = {"form": form, "rows": rows[:ON_PAGE], "next": f"?{older}" if older else ""}
    return render(request, "integrations/letters.html", context)


@administrators_only
@require_safe
def letter_page(request, pk):
    """A letter as it is read now, without the quotation marks of its program and without running any of it."""
    message = get_object_or_404(InboundMessage.objects.select_related("mailbox", "ticket"), pk=pk)
    read = letters.read(message.raw_bytes())
    context = {
        "message": message,
        "text": read.text[:LONGEST_SHOWN],
        "files": [(file.name, len(file.content)) for file in read.files],
        "may_replay": message.state in ("received", "ignored", "quarantined"),
    }
    return render(request, "integrations/letter.html", context)


@administrators_only
@require_safe
def raw(request, pk):
    """The letter as it came, to be kept as a file."""
    message = get_object_or_404(InboundMessage, pk=pk)
    response = HttpResponse(message.raw_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="letter-{message.pk}.eml"'
    return response


@administrators_only
@require_POST
def replay(request, pk):
    message = services.replay(get_object_or_404(InboundMessage, pk=pk), actor=request.user)
    told = _("Handled: %(state)s") % {"state": message.get_state_display()}
    (messages.success if message.ticket_id else messages.warning)(request, f"{told}. {message.why}".strip())
    return redirect("integrations:letter", message.pk)
