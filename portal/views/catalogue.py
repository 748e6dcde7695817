"""The catalogue: what can be asked for, the form, what was kept of it, and sending it again."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from catalog import selectors as catalog_selectors
from catalog import services as catalog
from catalog.forms.answering import AnswerForm, restored, typed_from
from catalog.models import Draft
from catalog.rules import keeps_catalogue
from cmdb.models import Service
from core.access import signed_in
from core.errors import Refused
from core.htmx import fragment_or_page, go_to
from portal import selectors, services
from portal.forms import SendingField, colleague
from tickets import rules


class RequestForm(forms.Form):
    """What every request says beside the item's own form."""

    on_behalf_of = forms.CharField(
        label=gettext_lazy("For somebody else"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Type a name, pinyin, staff number or login and choose the person."),
    )
    cost_centre = forms.CharField(label=gettext_lazy("Cost centre"), max_length=40, required=False)
    form = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sending = SendingField(required=False)

    def requester(self, user):
        """Whom it is for; None, with an error, where the name fits nobody or several people."""
        try:
            return colleague(user, self.cleaned_data.get("on_behalf_of", "")) or user
        except forms.ValidationError as problem:
            self.add_error("on_behalf_of", problem)
            return None


@signed_in
def home(request):
    """Shelves with their items; with words only what fits them."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]
    drafts = Draft.objects.of(request.user).select_related("item")[:5]
    context = {"text": text, "drafts": drafts, "keeps_catalogue": keeps_catalogue(request.user)}
    if text:
        context["found"] = catalog_selectors.found_items(request.user, text)
    else:
        context["shelves"] = catalog_selectors.shelves_for(request.user)
        context["popular"] = catalog_selectors.popular_items(request.user)
    return fragment_or_page(request, "catalog/home.html", "catalog/_shelves.html", context)


@signed_in
def service(request, slug):
    """What we support, when, and what not; what can be asked for."""
    offered = Service.objects.visible_to(request.user).filter(is_active=True, is_offered=True)
    found = offered.select_related("owner", "support_team").filter(slug=slug).first()
    if found is None:
        raise Http404
    return render(request, "catalog/service.html", catalog_selectors.service_sheet(found, request.user))


@signed_in
def item(request, slug):
    """An item and its form; POST sends it. What is wrong comes back with everything that was typed (422)."""
    found = _found(request, slug)
    if request.method == "POST":
        return _send(request, found)
    draft = Draft.objects.of(request.user).filter(item=found).select_related("form").first()
    asked = RequestForm(initial={"form": found.current_form.number})
    posted = restored(draft.posted) if draft else None
    if draft:
        asked = RequestForm(
            {**restored(draft.posted).dict(), "form": found.current_form.number, "sending": asked["sending"].value()}
        )
        asked.full_clean()
    answers = AnswerForm(found.current_form.definition, user=request.user, posted=posted)
    return _page(request, found, asked, answers, draft=draft)


def _send(request, found):
    asked = RequestForm(request.POST)
    form = _form_of(found, request)
    asked.full_clean()
    requester = asked.requester(request.user)
    answers = AnswerForm(
        form.definition, user=request.user, requester=requester, posted=request.POST, files=request.FILES
    )
    if "refresh" in request.POST:
        return _page(request, found, asked, answers)
    if asked.errors:
        return _page(request, found, asked, answers, status=422)
    try:
        ticket, _is_new = services.opened_once(
            actor=request.user,
            sending=asked.cleaned_data["sending"],
            opening=partial(catalog.submit, found),
            form=form,
            requester=requester,
            answers=answers.answers(),
            cost_centre=asked.cleaned_data["cost_centre"],
            uploads=answers.uploads(),
        )
    except Refused as refusal:
        _keep(request, found, form)
        _show(refusal, asked, answers)
        return _page(request, found, asked, answers, status=refusal.status)
    messages.success(request, _("Thank you. Your request is %(number)s.") % {"number": ticket.number})
    return go_to(request, reverse("portal:ticket", args=[ticket.number]))


@signed_in
@require_POST
def draft(request, slug):
    """Keep what is typed, as it is; with `discard` forget it."""
    found = _found(request, slug)
    if "discard" in request.POST:
        catalog.discard_draft(found, actor=request.user)
        return go_to(request, reverse("portal:request-item", args=[slug]))
    _keep(request, found, found.current_form)
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Kept as a draft."))
    return go_to(request, reverse("portal:catalogue"))


@signed_in
def revise(request, number):
    """A request that was sent back: its answers to be mended and sent again as the next version."""
    ticket = selectors.own_ticket(request.user, number)
    if ticket is None or ticket.kind != "request" or not rules.raised_it(request.user, ticket):
        raise Http404
    sent, latest = ticket.typed, ticket.typed.answers.select_related("form").latest("number")
    if request.method != "POST":
        form = sent.item.current_form
        asked = RequestForm(initial={"form": form.number, "cost_centre": sent.cost_centre})
        answers = AnswerForm(
            form.definition, user=request.user, posted=typed_from(latest.form.definition, latest.values)
        )
        return _page(request, sent.item, asked, answers, ticket=ticket)
    asked, form = RequestForm(request.POST), _form_of(sent.item, request)
    asked.full_clean()
    answers = AnswerForm(form.definition, user=request.user, posted=request.POST, files=request.FILES)
    if "refresh" in request.POST:
        return _page(request, sent.item, asked, answers, ticket=ticket)
    try:
        catalog.resubmit(
            sent,
            actor=request.user,
            answers=answers.answers(),
            form=form,
            cost_centre=asked.cleaned_data.get("cost_centre", ""),
            uploads=answers.uploads(),
        )
    except Refused as refusal:
        _show(refusal, asked, answers)
        return _page(request, sent.item, asked, answers, ticket=ticket, status=refusal.status)
    messages.success(request, _("Sent again. Thank you."))
    return go_to(request, reverse("portal:ticket", args=[number]))


def _found(request, slug):
    is_open = request.method == "POST" or Draft.objects.of(request.user).filter(item__slug=slug).exists()
    found = catalog_selectors.item_for(request.user, slug, is_open=is_open)
    if found is None:
        raise Http404
    return found


def _form_of(found, request):
    """The version of the form that was open; the current one when the page does not say or says nonsense."""
    number = request.POST.get("form", "")
    known = found.forms.filter(number=int(number)).first() if number.isdecimal() and len(number) < 9 else None
    return known or found.current_form


def _keep(request, found, form):
    posted = {name: values for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "sending")}
    catalog.keep_draft(found, actor=request.user, form=form, posted=posted)


def _show(refusal, asked, answers):
    for name, problems in (refusal.fields or {None: [refusal.message]}).items():
        if name in asked.fields:
            asked.add_error(name, problems)
        else:
            answers.show({name: problems})


def _page(request, found, asked, answers, *, draft=None, ticket=None, status=200):
    context = {
        "item": found,
        "asked": asked,
        "answers": answers,
        "inputs": answers.inputs(),
        "draft": draft,
        "ticket": ticket,
        "promise": catalog_selectors.promise_of(found, request.user.organisation),
        "stages": catalog_selectors.route_in_words(found),
    }
    return render(request, "catalog/item.html", context, status=status)
