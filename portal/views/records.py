"""My records: what a person is asked to confirm, one click each, or all that are shown at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb import services as cmdb
from cmdb.models import Attestation
from cmdb.selectors.listing import values_of
from core.access import signed_in
from core.errors import InvalidInput
from portal.forms import HandOverForm, ObjectionForm

AT_A_TIME = 50
RELATED = ("campaign", "item__item_class", "item__location", "item__used_by", "item__support_team")


@signed_in
@require_safe
def records(request):
    return _page(request)


@signed_in
@require_POST
def confirm(request):
    """Those ticked are right, or all that were shown; without a tick nothing is said of anything."""
    said = request.POST.getlist("shown" if "all" in request.POST else "right")
    keys = [int(key) for key in said if key.isdecimal() and len(key) < 18][:AT_A_TIME]
    count = cmdb.confirm_records(list(_owed(request).filter(pk__in=keys)), actor=request.user)
    if count:
        said = ngettext(
            "%(count)s record is confirmed. Thank you.", "%(count)s records are confirmed. Thank you.", count
        )
        messages.success(request, said % {"count": count})
    else:
        messages.warning(request, _("Tick the records that are right first."))
    return redirect("portal:records")


@signed_in
@require_POST
def object_to(request, pk):
    """One of them is wrong, and how."""
    one = get_object_or_404(_owed(request), pk=pk)
    form = ObjectionForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _page(request, form, status=422)
    cmdb.object_to_record(one, actor=request.user, why=form.cleaned_data["why"])
    messages.success(request, _("Thank you. The people who keep the records see it now."))
    return redirect("portal:records")


@signed_in
@require_POST
def hand_over(request, pk):
    """It is somebody else's, who is asked from now on."""
    one = get_object_or_404(_owed(request), pk=pk)
    form = HandOverForm(request.user, request.POST, prefix=f"to-{pk}")
    if form.is_valid():
        to = form.cleaned_data["person"]
        try:
            cmdb.hand_over_record(one, actor=request.user, to=to)
            messages.success(request, _("%(name)s is asked instead of you now.") % {"name": to.display_name})
            return redirect("portal:records")
        except InvalidInput as refusal:
            add_refusal(form, refusal)
    return _page(request, form, status=422)


def _owed(request):
    return Attestation.objects.visible_to(request.user).owed_by(request.user).select_related(*RELATED)


def _page(request, sent=None, status=200):
    rows = list(_owed(request).order_by("campaign__due_on", "item__slug")[: AT_A_TIME + 1])
    values = values_of(one.item for one in rows[:AT_A_TIME])
    asked = [(one, values[one.item_id], *_forms_of(request, one, sent)) for one in rows[:AT_A_TIME]]
    context = {"asked": asked, "has_more": len(rows) > AT_A_TIME}
    return render(request, "portal/records.html", context, status=status)


def _forms_of(request, attestation, sent) -> list:
    """The forms of one record, and in its place the one that was sent."""
    prefix = str(attestation.pk)
    empty = [ObjectionForm(prefix=prefix), HandOverForm(request.user, prefix=f"to-{prefix}")]
    return [sent if sent is not None and sent.prefix == one.prefix else one for one in empty]
