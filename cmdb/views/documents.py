"""Documents of an item: links and files, added, handed out and taken away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb import services
from cmdb.forms.items import DocumentForm
from cmdb.models import ItemDocument, ItemFile
from cmdb.views.listing import found_item
from core.access import desk_view
from core.downloads import served
from core.errors import InvalidInput, Refused

AT_ONCE = 10


@desk_view
def link(request, pk):
    item = found_item(request, pk)
    form = DocumentForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.add_document(item, actor=request.user, **form.cleaned_data)
            return redirect("cmdb:item", pk)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"item": item, "form": form, "title": _("Link a document")}
    return render(request, "cmdb/say.html", context, status=status)


@desk_view
@require_POST
def unlink(request, pk):
    one = get_object_or_404(ItemDocument.objects.visible_to(request.user).select_related("item"), pk=pk)
    services.remove_document(one, actor=request.user)
    messages.success(request, _("The document link was removed."))
    return redirect("cmdb:item", one.item_id)


@desk_view
@require_POST
def add_files(request, pk):
    """Keep files with an item. What is refused is told, the rest is kept."""
    item, uploads = found_item(request, pk), request.FILES.getlist("files")
    for upload in uploads[:AT_ONCE]:
        try:
            services.add_file(item, upload, actor=request.user)
        except InvalidInput as refusal:
            for problem in refusal.fields["files"]:
                messages.warning(request, problem)
    if not uploads:
        messages.warning(request, _("Choose a file first."))
    if len(uploads) > AT_ONCE:
        messages.warning(request, _("At most %(limit)s files at once: send the others again.") % {"limit": AT_ONCE})
    return redirect("cmdb:item", pk)


@desk_view
@require_safe
def file(request, pk):
    """A file as a download, whatever it is."""
    return served(get_object_or_404(ItemFile.objects.visible_to(request.user), pk=pk))


@desk_view
@require_POST
def remove_file(request, pk):
    one = get_object_or_404(ItemFile.objects.visible_to(request.user).select_related("item"), pk=pk)
    services.remove_file(one, actor=request.user)
    messages.success(request, _("The file was removed."))
    return redirect("cmdb:item", one.item_id)
