"""Taking a ticket down for somebody on the phone: who calls, what is the matter, send."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from cmdb.models import ConfigurationItem
from core.access import desk_view
from core.errors import NotAllowed, Refused
from core.htmx import fragment_or_page, go_to
from portal.confirming import knowing
from portal.desk import commands
from portal.desk.forms import NewTicketForm
from portal.desk.ticket_page import url_of
from portal.desk.views.answering import told_in_form
from tickets import services as tickets
from tickets.models import Draft, Ticket, TicketTemplate

FOUND = 8
RECENT = 3
DEVICES = 6
# What a template fills in.
FILLED_IN = ("title", "description", "service", "category", "impact", "urgency", "solution")


@desk_view
def new(request):
    """The drawer (or page); on POST the ticket, or the form again with its errors and the typed text (422)."""
    if request.method != "POST":
        return _form(request, NewTicketForm(request.user, initial=_brought_along(request)))
    form = NewTicketForm(request.user, request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        with knowing(request):
            ticket = commands.take_down(
                actor=request.user, given=form.cleaned_data, uploads=request.FILES.getlist("files"),
                resolves=request.POST.get("then") == "resolve",
            )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as refusal:
        told_in_form(form, refusal)
        return _form(request, form, status=refusal.status)
    tickets.drop_draft(person=request.user, kind=Draft.Kind.NEW)
    messages.success(request, _("Ticket %(number)s was opened.") % {"number": ticket.number})
    return go_to(request, url_of(ticket))


@desk_view
@require_GET
def people(request):
    """Who may be meant by what was typed; for one exact person their card with what they already reported."""
    text = (request.GET.get("caller") or request.GET.get("person") or "")[:80].replace("\0", "").strip()
    if len(text) < 2 and text.isascii():
        return render(request, "desk/_people.html", {"people": [], "text": ""})
    everybody = User.objects.visible_to(request.user).active().select_related("department")
    exact = everybody.filter(username=text.lower()).first()
    context = {"text": text, "caller": exact, "people": [] if exact else list(everybody.matching(text)[:FOUND])}
    if exact is not None:
        theirs = Ticket.objects.visible_to(request.user).filter(requester=exact, is_open=True)
        context["theirs"] = list(theirs.order_by("-pk")[:RECENT])
        devices = ConfigurationItem.objects.visible_to(request.user).of(exact).filter(is_active=True)
        context["devices"] = list(devices.exclude(item_class="service").select_related("item_class")[:DEVICES])
    return render(request, "desk/_people.html", context)


def _brought_along(request):
    """What the form starts with: the template asked for over what was typed so far, else a draft kept."""
    typed = {
        name: value for name, value in request.GET.items() if name in NewTicketForm.base_fields or name == "caller"
    }
    asked = request.GET.get("template", "")
    if asked.isdecimal() and len(asked) < 18:
        offered = TicketTemplate.objects.visible_to(request.user).filter(is_active=True)
        if (template := offered.filter(pk=int(asked)).first()) is not None:
            filled = {name: getattr(template, f"{name}_id", None) or getattr(template, name) for name in FILLED_IN}
            return typed | {name: value for name, value in filled.items() if value} | {"template": template.pk}
    draft = Draft.objects.filter(person=request.user, ticket=None, kind=Draft.Kind.NEW).first() if not typed else None
    return draft.values if draft else typed


def _form(request, form, status=200):
    return fragment_or_page(request, "desk/new.html", "desk/_new_dialog.html", {"form": form}, status=status)
