"""Records that may be of the same thing: told apart, or merged."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from cmdb import rules, services
from cmdb.forms.duplicates import KEPT, OTHER, ApartForm, MergeForm, OtherForm
from cmdb.models import ConfigurationItem, Duplicate
from cmdb.selectors import duplicates, history
from cmdb.selectors.listing import PAGE
from cmdb.views.listing import found_item
from core.access import desk_view
from core.errors import NotAllowed, Refused, Stale


@desk_view
@require_safe
def proposals(request):
    """All of them, or those about one item (?item=), a page at a time."""
    rows = duplicates.proposed(request.user)
    item = _number(request.GET.get("item", ""))
    rows = duplicates.naming(rows, item) if item else rows
    after = _number(request.GET.get("after", ""))
    found = duplicates.with_reasons(rows.filter(pk__gt=after)[: PAGE + 1])
    context = {
        "rows": found[:PAGE], "next": found[PAGE - 1][0].pk if len(found) > PAGE else None, "is_first": not after,
        "may_merge": rules.merges_items(request.user), "is_about_one": bool(item),
    }  # fmt: skip
    return render(request, "cmdb/duplicates.html", context)


@desk_view
def apart(request, pk):
    """They are two, and how that is known."""
    rows = Duplicate.objects.visible_to(request.user).select_related("first__item_class", "second__item_class")
    one = get_object_or_404(rows, pk=pk)
    form = ApartForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.tell_apart(one, actor=request.user, **form.cleaned_data)
            messages.success(request, _("They will not be proposed again."))
            return redirect("cmdb:duplicates")
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    [(_one, reasons)] = duplicates.with_reasons([one])
    context = {"duplicate": one, "form": form, "reasons": reasons}
    return render(request, "cmdb/apart.html", context, status=status)


@desk_view
def merge(request, pk):
    """Which other record (?other=, a short name), then what of which is right, side by side."""
    if not rules.merges_items(request.user):
        raise NotAllowed()
    item = found_item(request, pk)
    asked = OtherForm(request.user, request.GET if "other" in request.GET else None)
    if not asked.is_valid():
        status = 422 if asked.is_bound else 200
        return render(request, "cmdb/merge_with.html", {"item": item, "form": asked}, status=status)
    other = asked.cleaned_data["other"]
    form = MergeForm(duplicates.comparison(request.user, item, other), item, other, request.POST or None)
    status, changes = 422 if form.is_bound else 200, []
    if request.method == "POST" and form.is_valid():
        try:
            services.merge_items(
                item, other, actor=request.user, taken=form.taken(), versions=form.versions,
                why=form.cleaned_data["why"],
            )  # fmt: skip
            messages.success(request, _("“%(name)s” was merged into this record.") % {"name": other.name})
            return redirect("cmdb:item", pk)
        except Stale as stale:
            changes = history.told(request.user, item, stale.changes)
            form, status = _shown_anew(request, item, other), 409
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"item": item, "other": other, "form": form, "changes": changes}
    return render(request, "cmdb/merge.html", context, status=status)


def _shown_anew(request, item, other):
    """The form with what was chosen, about both records as they are now."""
    fresh = ConfigurationItem.objects.select_related("item_class").in_bulk([item.pk, other.pk])
    item, other = fresh[item.pk], fresh[other.pk]
    differences = duplicates.comparison(request.user, item, other)
    chosen = request.POST.copy()
    chosen["version"], chosen["other_version"] = item.version, other.version
    for one in differences:
        chosen.setdefault(one.name, OTHER if one.is_taken else KEPT)
    form = MergeForm(differences, item, other, chosen)
    form.is_valid()
    return form


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 18 else 0
