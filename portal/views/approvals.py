"""My approvals: what waits for me, one page per vote, several at once, add somebody, hand over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.access import signed_in
from core.errors import InvalidInput, NotAllowed, Refused
from portal.approval_forms import AddForm, HandOverForm, RejectForm
from tickets.selectors import approving as selectors
from tickets.services import approving

PAGE = 50


@signed_in
@require_safe
def approval_list(request):
    """What waits for me, then what I decided."""
    waiting = list(selectors.waiting_for(request.user)[: PAGE + 1])
    context = {
        "waiting": waiting[:PAGE],
        "has_more": len(waiting) > PAGE,
        "decided": selectors.decided_by(request.user)[:PAGE],
    }
    return render(request, "portal/approvals/list.html", context)


@signed_in
@require_safe
def approval(request, pk):
    """What is asked, who was asked, and the buttons while the vote is mine to give."""
    return _page(request, _found(request, pk))


@signed_in
@require_POST
def decide(request, pk):
    """Approve with one click; reject with a reason."""
    slot = _found(request, pk)
    approve, reason = request.POST.get("vote") == "approve", request.POST.get("reason", "")
    try:
        approving.decide(slot, actor=request.user, approve=approve, reason=reason)
    except NotAllowed:
        raise
    except InvalidInput as refusal:
        return _page(request, slot, status=422, reject_form=RejectForm.refused(refusal, {"reason": reason}))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("portal:approval", pk)
    said = _("You approved %(number)s.") if approve else _("You rejected %(number)s.")
    messages.success(request, said % {"number": slot.ticket.number})
    return redirect("portal:approvals")


@signed_in
@require_POST
def approve_several(request):
    """Approve every ticked one; each that is not possible any more is named with its reason."""
    chosen = [int(pk) for pk in request.POST.getlist("slot")[:PAGE] if pk.isdecimal() and len(pk) < 18]
    done = 0
    for slot in selectors.waiting_for(request.user).filter(pk__in=chosen):
        try:
            approving.decide(slot, actor=request.user, approve=True)
            done += 1
        except Refused as refusal:
            messages.warning(request, f"{slot.ticket.number}: {refusal}")
    messages.info(request, ngettext("%(n)s approved.", "%(n)s approved.", done) % {"n": done})
    return redirect("portal:approvals")


@signed_in
def add(request, pk):
    """加签: one more person beside me, before me or after this step."""

    def run(slot, given):
        approving.add_approver(slot, given["person"], actor=request.user, place=given["place"], reason=given["reason"])
        return _("%(name)s is asked, too.") % {"name": given["person"].display_name}

    return _change(request, pk, AddForm, run, allowed=approving.is_for, title=_("Ask one more person"))


@signed_in
def hand_over(request, pk):
    """转审: somebody else decides instead of me."""

    def run(slot, given):
        approving.hand_over(slot, given["person"], actor=request.user, reason=given["reason"])
        return _("%(name)s decides instead.") % {"name": given["person"].display_name}

    return _change(request, pk, HandOverForm, run, allowed=approving.may_hand_over, title=_("Hand over"))


def _change(request, pk, form_class, run, *, allowed, title):
    slot = _found(request, pk)
    if not allowed(request.user, slot):
        raise NotAllowed()
    is_sent, status = request.method == "POST", 200
    form = form_class(request.user, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            messages.success(request, run(slot, form.cleaned_data))
            return redirect("portal:approval", pk)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_refusal(refusal)
            status = refusal.status
    elif is_sent:
        status = 422
    context = {"slot": slot, "ticket": slot.ticket, "form": form, "title": title}
    return render(request, "portal/approvals/change.html", context, status=status)


def _found(request, pk):
    slot = selectors.slot_for(request.user, pk)
    if slot is None:
        raise Http404
    return slot


def _page(request, slot, *, status=200, reject_form=None):
    ticket = slot.ticket
    typed = ticket.typed
    context = {
        "slot": slot,
        "ticket": ticket,
        "typed": typed,
        # A kind shows what is asked in its own words in <its app>/_asked.html.
        "asked": [f"{typed._meta.app_label}/_asked.html", "portal/approvals/_asked.html"],
        "closed": approving.why_closed(slot),
        "is_mine": approving.is_for(request.user, slot),
        "reject_form": reject_form or RejectForm(),
        "rounds": selectors.trail_of(ticket),
    }
    return render(request, "portal/approvals/page.html", context, status=status)
