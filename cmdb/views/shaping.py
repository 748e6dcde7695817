"""Classes, attributes and verbs, kept without code."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.service_form import add_refusal
from cmdb import rules, services
from cmdb.forms.shaping import AttributeForm, ClassForm, VerbForm
from cmdb.models import Attribute, ItemClass, RelationType
from core.access import desk_view
from core.errors import NotAllowed, Refused


def shaper(view):
    """People of the desk see that there is such a page; only managers may open it."""

    @desk_view
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not rules.keeps_classes(request.user):
            raise NotAllowed()
        return view(request, *args, **kwargs)

    return guarded


@shaper
def classes(request):
    return render(request, "cmdb/classes.html", {"classes": list(ItemClass.objects.select_related("parent"))})


@shaper
def new_class(request):
    return _kept(request, ClassForm(request.POST or None), ItemClass(), services.keep_class, _("New class"))


@shaper
def item_class(request, slug):
    """A class, its attributes and those it inherits."""
    one = get_object_or_404(ItemClass, slug=slug)
    form = ClassForm(request.POST or None, instance=one)
    more = {"item_class": one, "attributes": one.all_attributes()}
    return _kept(request, form, one, services.keep_class, one.name, **more)


@shaper
def add_attribute(request, slug):
    one = get_object_or_404(ItemClass, slug=slug)
    return _described(request, AttributeForm(request.POST or None), one, None)


@shaper
def attribute(request, pk):
    one = get_object_or_404(Attribute.objects.select_related("item_class"), pk=pk)
    return _described(request, AttributeForm(request.POST or None, instance=one), one.item_class, one)


@shaper
@require_POST
def remove_attribute(request, pk):
    one = get_object_or_404(Attribute.objects.select_related("item_class"), pk=pk)
    is_retired = services.remove_attribute(one, actor=request.user)
    said = _("Items hold values of it: it is asked for no more, and these values are shown as former.")
    messages.success(request, said if is_retired else _("Removed."))
    return redirect("cmdb:class", one.item_class.slug)


@shaper
def verbs(request):
    return render(request, "cmdb/verbs.html", {"verbs": list(RelationType.objects.all())})


@shaper
def new_verb(request):
    form = VerbForm(request.POST or None)
    return _kept(request, form, RelationType(), services.keep_relation_type, _("New relation type"), back="cmdb:verbs")


@shaper
def verb(request, slug):
    one = get_object_or_404(RelationType, slug=slug)
    form = VerbForm(request.POST or None, instance=one)
    return _kept(request, form, one, services.keep_relation_type, one.name, back="cmdb:verbs")


def _kept(request, form, row, command, title, *, back="cmdb:classes", **more):
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            command(row, actor=request.user, **form.cleaned_data)
            return redirect(back)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "cmdb/shape.html", {"form": form, "title": title, "back": back, **more}, status=status)


def _described(request, form, one, attribute):
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.add_attribute(one, actor=request.user, attribute=attribute, **form.cleaned_data)
            return redirect("cmdb:class", one.slug)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "title": one.name, "back": "cmdb:classes"}
    return render(request, "cmdb/shape.html", context, status=status)
