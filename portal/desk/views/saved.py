"""Saved views: made from the address on the screen, renamed and deleted by their owner."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import desk_view
from core.htmx import fragment_or_page, go_to
from portal.desk import saved
from portal.desk.forms import SavedViewForm
from tickets import services as tickets
from tickets.models import SavedView


@desk_view
def create(request):
    """A name for the queue address in `query`; the address is shown before it is kept."""
    text = (request.POST if request.method == "POST" else request.GET).get("query", "")
    form = SavedViewForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        view = saved.save(owner=request.user, text=text, **form.cleaned_data)
        messages.success(request, _("The view “%(name)s” was saved.") % {"name": view.name})
        return go_to(request, f"{reverse('desk:queue')}?{view.query}")
    context = {"form": form, "query": saved.address_of(request.user, text)}
    status = 422 if request.method == "POST" else 200
    return fragment_or_page(request, "desk/saved_new.html", "desk/_saved_dialog.html", context, status=status)


@desk_view
def manage(request, pk=None):
    """The list of saved views; with a key and a post, one of them is changed."""
    form, status = None, 200
    if pk is not None and request.method == "POST":
        view = _found(request, pk)
        form = SavedViewForm(request.user, request.POST)
        if form.is_valid():
            tickets.keep(view, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:saved")
        status = 422
    views = SavedView.objects.visible_to(request.user).select_related("owner", "team")
    rows = [(view, _form_of(request.user, view, form if view.pk == pk else None)) for view in views]
    return render(request, "desk/saved.html", {"views": rows}, status=status)


@desk_view
@require_POST
def delete(request, pk):
    tickets.discard(_found(request, pk), actor=request.user)
    messages.success(request, _("The view was deleted."))
    return redirect("desk:saved")


def _form_of(user, view, sent):
    """The form of a view one may change; None for those of others."""
    if not view.is_kept_by(user):
        return None
    if sent is not None:
        return sent
    initial = {"name": view.name, "audience": view.audience, "team": view.team_id}
    return SavedViewForm(user, initial=initial, auto_id=f"id_{view.pk}_%s")


def _found(request, pk):
    view = SavedView.objects.visible_to(request.user).filter(pk=pk).first()
    if view is None:
        raise Http404
    return view
