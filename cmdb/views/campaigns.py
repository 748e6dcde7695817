"""Campaigns: owners are asked to confirm their records."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb import rules, services
from cmdb.forms.upkeep import CampaignForm
from cmdb.models import Attestation, Campaign
from cmdb.selectors import campaigns as selectors
from cmdb.selectors.listing import PAGE
from core.access import desk_view
from core.errors import NotAllowed, Refused


@desk_view
@require_safe
def campaigns(request):
    context = {
        "campaigns": selectors.with_progress(request.user),
        "may_open": rules.runs_upkeep(request.user),
        "owed": Attestation.objects.visible_to(request.user).owed_by(request.user).count(),
    }
    return render(request, "cmdb/campaigns.html", context)


@desk_view
def new(request):
    if not rules.runs_upkeep(request.user):
        raise NotAllowed()
    form = CampaignForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_campaign(actor=request.user, **form.cleaned_data)
            return redirect("cmdb:campaign", made.pk)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "cmdb/campaign_new.html", {"form": form}, status=status)


@desk_view
@require_safe
def campaign(request, pk):
    """What was asked, by answer (?answer=open, right or wrong), a page at a time."""
    one = get_object_or_404(selectors.with_progress(request.user, limit=None), pk=pk)
    asked = request.GET.get("answer", "")
    asked = asked if asked in ("open", *Attestation.Answer.values) else "open"
    after = request.GET.get("after", "")
    after = int(after) if after.isdecimal() and len(after) < 18 else 0
    rows = list(selectors.asked_in(request.user, one, asked).filter(pk__gt=after)[: PAGE + 1])
    context = {
        "campaign": one, "answer": asked, "rows": rows[:PAGE], "is_first": not after,
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "may_close": rules.runs_upkeep(request.user) and one.closed_at is None,
    }  # fmt: skip
    return render(request, "cmdb/campaign.html", context)


@desk_view
@require_POST
def close(request, pk):
    one = get_object_or_404(Campaign.objects.visible_to(request.user), pk=pk)
    services.close_campaign(one, actor=request.user)
    return redirect("cmdb:campaign", pk)
