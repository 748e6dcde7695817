"""Writing: items, relations, steps of the life cycle, trust, baselines."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.service_form import add_refusal
from cmdb import services
from cmdb.forms.items import BaselineForm, ItemForm, NewForm, RelateForm, SayForm, StepForm
from cmdb.models import ItemClass, Relation, RelationType
from cmdb.selectors import history
from cmdb.services.keeping import FACTS, live_dependants
from cmdb.views.listing import found_item
from cmdb.workflow import ITEM, OVER
from core.access import desk_view
from core.errors import Refused, Stale

# So many dependants can be looked through and accepted on one page.
MOST_ACCEPTED = 500


@desk_view
def new(request):
    """First the class, then its form."""
    asked = request.POST.get("item_class") or request.GET.get("item_class", "")
    item_class = ItemClass.objects.filter(slug=asked[:40], is_abstract=False).first()
    if item_class is None:
        form = NewForm(request.GET if asked else None)
        return render(request, "cmdb/new.html", {"form": form}, status=422 if asked else 200)
    form = ItemForm(request.user, item_class, request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["slug"]
        try:
            made = services.create_item(
                actor=request.user, item_class=item_class, slug=slug, values=form.values(), **form.facts()
            )
            return redirect("cmdb:item", made.pk)
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {"form": form, "item_class": item_class}
    return render(request, "cmdb/edit.html", context, status=422 if form.is_bound else 200)


@desk_view
def edit(request, pk):
    """Facts and attributes. Whoever was overtaken sees what changed, keeps what they typed, and decides (409)."""
    item = found_item(request, pk)
    initial = {name: getattr(item, name) for name in FACTS} | {f"value_{k}": str(v) for k, v in item.values.items()}
    initial |= {"owner": item.owner_id, "used_by": item.used_by_id, "version": item.version}
    form = ItemForm(request.user, item.item_class, request.POST or None, initial=initial)
    status, changes = 422 if form.is_bound else 200, []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            told = {"version": given["version"], "why": given["why"], **form.facts()}
            services.edit_item(item, actor=request.user, values=form.values(), **told)
            messages.success(request, _("Saved."))
            return redirect("cmdb:item", pk)
        except Stale as stale:
            typed = request.POST.copy()
            typed["version"] = stale.current
            form = ItemForm(request.user, item.item_class, typed, initial=initial)
            form.is_valid()
            status, changes = 409, history.told(request.user, item, stale.changes)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "item": item, "item_class": item.item_class, "changes": changes}
    return render(request, "cmdb/edit.html", context, status=status)


@desk_view
def step(request, pk, name):
    """One arrow of the life cycle, with who would lose something when it is retired."""
    item = found_item(request, pk)
    arrow = ITEM.find(name)
    if arrow is None or arrow.is_system:
        raise Http404
    ends = arrow.target.key in OVER and item.state not in OVER
    dependants = list(live_dependants(item)[: MOST_ACCEPTED + 1]) if ends else []
    initial = {"accepted": ",".join(one.slug for one in dependants)}
    form = StepForm(arrow, request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.take_step(item, name, actor=request.user, values=form.cleaned_data)
            return redirect("cmdb:item", pk)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {
        "item": item, "step": arrow, "form": form, "dependants": dependants[:MOST_ACCEPTED],
        "has_more": len(dependants) > MOST_ACCEPTED, "item_class": item.item_class,
    }  # fmt: skip
    return render(request, "cmdb/step.html", context, status=status)


@desk_view
def relate(request, pk):
    item = found_item(request, pk)
    form = RelateForm(request.user, request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        verb = get_object_or_404(RelationType, slug=given["verb"].removeprefix("~"))
        pair = (given["other"], item) if given["verb"].startswith("~") else (item, given["other"])
        try:
            services.relate(*pair, verb, actor=request.user, group=given["group"], needed=given["needed"])
            return redirect("cmdb:item", pk)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"item": item, "form": form, "title": _("Add a relation"), "finds_items": True}
    return render(request, "cmdb/say.html", context, status=status)


@desk_view
@require_POST
def unrelate(request, pk):
    rows = Relation.objects.visible_to(request.user).select_related("source", "target", "relation_type", "group")
    relation = get_object_or_404(rows, pk=pk)
    services.unrelate(relation, actor=request.user)
    back = request.POST.get("back", "")
    return redirect("cmdb:item", relation.target_id if back == str(relation.target_id) else relation.source_id)


@desk_view
def trust(request, pk, name):
    """Verify a record, or dispute it: one sentence each."""
    item = found_item(request, pk)
    if name not in ("verify", "dispute"):
        raise Http404
    title = _("Confirm that the record is right") if name == "verify" else _("Say what is wrong")

    def say(words):
        if name == "verify":
            return services.verify_item(item, actor=request.user, how=words)
        return services.dispute_item(item, actor=request.user, why=words)

    return _said(request, item, SayForm(request.POST or None), title, lambda given: say(given["words"]))


@desk_view
def baseline(request, pk):
    item = found_item(request, pk)

    def take(given):
        services.take_baseline(item, actor=request.user, **given)

    return _said(request, item, BaselineForm(request.POST or None), _("Take a baseline"), take)


def _said(request, item, form, title, command):
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            command(form.cleaned_data)
            return redirect("cmdb:item", item.pk)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "cmdb/say.html", {"item": item, "form": form, "title": title}, status=status)
