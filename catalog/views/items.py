"""The list of the catalogue, a category, an item."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from catalog import services
from catalog.forms.keeping import CategoryForm, ItemForm
from catalog.models import RequestItem, ServiceCategory
from catalog.selectors import promise_of
from catalog.views.access import found, keeper_view, show
from core.errors import Refused


@keeper_view
def item_list(request):
    """Every item by category, with where it stands."""
    items = RequestItem.objects.visible_to(request.user).select_related("category", "service", "team", "current_form")
    context = {
        "items": items.order_by("category__position", "category__slug", "position", "slug")[:500],
        "categories": ServiceCategory.objects.select_related("parent"),
    }
    return render(request, "catalog/items.html", context)


@keeper_view
def item(request, slug=None):
    """An item's own properties; its form, route and tasks have pages of their own."""
    known = found(request, slug) if slug else None
    form = ItemForm(request.user, request.POST or None, instance=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                fresh = RequestItem.objects.get(pk=known.pk) if known else None
                saved = services.save_item(fresh, actor=request.user, **form.cleaned_data)
            except Refused as refusal:
                show(refusal, form)
                status = refusal.status
            else:
                messages.success(request, _("Saved."))
                return redirect("catalog:item" if known else "catalog:builder", saved.slug)
    promise = promise_of(known, request.user.organisation) if known else None
    return render(request, "catalog/item_edit.html", {"item": known, "form": form, "promise": promise}, status=status)


@keeper_view
def category(request, slug=None):
    known = ServiceCategory.objects.filter(slug=slug).first() if slug else None
    if slug and known is None:
        raise Http404
    form = CategoryForm(request.POST or None, instance=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                fresh = ServiceCategory.objects.get(pk=known.pk) if known else None
                services.save_category(fresh, actor=request.user, **form.cleaned_data)
            except Refused as refusal:
                show(refusal, form)
                status = refusal.status
            else:
                messages.success(request, _("Saved."))
                return redirect("catalog:items")
    return render(request, "catalog/category_edit.html", {"category": known, "form": form}, status=status)
