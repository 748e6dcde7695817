"""One's own tickets: the list, the page, and what a requester may do."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import signed_in
from core.errors import Refused
from core.htmx import fragment_or_page, go_to
from portal import plain_words, selectors, services
from portal.confirming import knowing
from portal.forms import FilterForm, ReplyForm, ShareForm
from portal.requests import catalogue_of
from sla import selectors as sla_selectors
from tickets import rules
from tickets import selectors as ticket_selectors
from tickets import services as ticket_services
from tickets.forms import TransitionForm
from tickets.selectors import approving


def url_of(ticket):
    return reverse("portal:ticket", args=[ticket.number])


@signed_in
def ticket_list(request):
    """My tickets, newest first, by status and words."""
    chosen = FilterForm(request.GET).chosen()
    own = selectors.own_tickets(request.user)
    found = selectors.filtered(request.user, own, status=chosen["status"], text=chosen["text"])
    page = selectors.page_of(found, before=chosen["before"], after=chosen["after"])
    context = {"page": page, "chosen": chosen, "waiting": selectors.needing_me(request.user)}
    return fragment_or_page(request, "portal/tickets.html", "portal/_tickets.html", context)


@signed_in
def ticket_page(request, number):
    return _page(request, _found(request, number), ReplyForm())


@signed_in
@require_POST
def reply(request, number):
    """A public reply with files; on a closed ticket it opens a linked one."""
    ticket = _found(request, number)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, ticket, form, status=422)
    try:
        with knowing(request):
            answered = services.reply(
                ticket, actor=request.user, body=form.cleaned_data["body"], uploads=request.FILES.getlist("files")
            )
    except ticket_services.UnreadableArticles as refusal:
        form.unread = refusal
        return _page(request, ticket, form, status=refusal.status)
    except Refused as refusal:
        _show(refusal, form)
        return _page(request, ticket, form, status=refusal.status)
    if answered.pk != ticket.pk:
        messages.success(request, _("A new ticket was opened: %(number)s.") % {"number": answered.number})
    else:
        messages.success(request, _("Your reply was sent."))
    return go_to(request, url_of(answered))


@signed_in
def step(request, number, name):
    """Confirm, reopen or cancel: a dialog where words are needed, then the same door as everywhere."""
    ticket = _found(request, number)
    transition = selectors.steps_to_take(ticket, request.user).get(name)
    if transition is None:
        return _too_late(request, ticket)
    asked = [field for field in transition.fields if field.required]
    form = TransitionForm(transition, ticket, request.user, request.POST if request.method == "POST" else None)
    for field in [field for field in form.fields if field not in {f.name for f in asked}]:
        del form.fields[field]
    if request.method != "POST" or not form.is_valid():
        return _asked(request, ticket, transition, form, status=422 if request.method == "POST" else 200)
    try:
        values, version = form.values(), _version(request)
        ticket_services.take_transition(ticket, name, actor=request.user, values=values, version=version)
    except Refused as refusal:
        # Shown with the version that is in force now: who has read what changed may send the same words again.
        _show(refusal, form)
        return _asked(request, _found(request, number), transition, form, status=refusal.status)
    messages.success(request, _("Done. Thank you."))
    return go_to(request, url_of(ticket))


@signed_in
@require_POST
def nudge(request, number):
    """催办: tells the owner that the requester is waiting; limited, and recorded."""
    ticket = _found(request, number)
    try:
        ticket_services.nudge(ticket, actor=request.user)
        messages.success(request, _("We have told the owner that you are waiting."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, url_of(ticket))


@signed_in
@require_POST
def share(request, number):
    """Let a colleague read it, speak on it and hear its news."""
    ticket = _found(request, number)
    form = ShareForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, ticket, ReplyForm(), sharing=form, status=422)
    person = form.cleaned_data["person"]
    try:
        ticket_services.watch(ticket, user=person, actor=request.user)
    except Refused as refusal:
        form.add_error("person", refusal.message)
        return _page(request, ticket, ReplyForm(), sharing=form, status=refusal.status)
    messages.success(request, _("%(name)s can read it now.") % {"name": person.display_name})
    return go_to(request, f"{url_of(ticket)}#sharing")


@signed_in
@require_POST
def unshare(request, number, pk):
    """Let a colleague out again, or leave oneself."""
    ticket = _found(request, number)
    person = ticket_selectors.watching(ticket, request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    ticket_services.unwatch(ticket, user=person, actor=request.user)
    if selectors.own_ticket(request.user, number) is None:
        messages.success(request, _("You do not follow %(number)s any more.") % {"number": number})
        return go_to(request, reverse("portal:tickets"))
    return go_to(request, f"{url_of(ticket)}#sharing")


def _found(request, number):
    ticket = selectors.own_ticket(request.user, number)
    if ticket is None:
        raise Http404
    return ticket


def _version(request):
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _show(refusal, form):
    for name, problems in (refusal.fields or {None: [refusal.message]}).items():
        name = "body" if name == "files" else name
        for problem in problems:
            form.add_error(name if name in form.fields else None, problem)


def _asked(request, ticket, transition, form, *, status):
    context = {"ticket": ticket, "transition": transition, "form": form}
    return fragment_or_page(request, "portal/step.html", "portal/_step.html", context, status=status)


def _too_late(request, ticket):
    """The ticket moved on, so a step is gone: what was typed for it stands in the reply, ready to be sent."""
    refusal = Refused(_("This is not possible any more. Reload the page to see how the ticket stands."))
    if request.method != "POST":
        raise refusal
    form = ReplyForm({"body": request.POST.get("reason", "")})
    _show(refusal, form)
    return _page(request, ticket, form, status=refusal.status)


def _page(request, ticket, form, *, sharing=None, status=200):
    user = request.user
    chips = sla_selectors.chips_for([ticket]).get(ticket.pk, ())
    status_line = plain_words.status_of(ticket, chips)
    context = {
        "ticket": ticket,
        "typed": ticket.typed,
        "status": status_line,
        "steps": plain_words.steps(ticket),
        "timeline": selectors.told_timeline(ticket, user),
        "actions": selectors.steps_to_take(ticket, user),
        "may_nudge": ticket.is_open and not status_line.is_yours and rules.may_nudge(user, ticket),
        "form": form,
    }
    context["rounds"] = approving.trail_of(ticket)
    context["followers"] = ticket_selectors.watching(ticket, user).select_related("department").order_by("pk")
    context["sharing"] = (sharing or ShareForm(user)) if rules.raised_it(user, ticket) else None
    context |= catalogue_of(ticket)
    fragment = "portal/_reply_form.html"
    return fragment_or_page(request, "portal/ticket.html", fragment, context, status=status)
