"""The whole catalogue as a file, and back."""

import yaml
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from catalog.selectors.exporting import catalogue_as_data
from catalog.services.importing import MAX_BYTES, import_catalogue
from catalog.views.access import keeper_view, show
from core.errors import Refused


class ImportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("YAML file"), required=False)
    text = forms.CharField(
        label=gettext_lazy("or its text"),
        required=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean(self):
        given = super().clean()
        upload = given.get("file")
        if upload is not None:
            content = upload.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                raise forms.ValidationError(_("The file is too large."))
            try:
                given["text"] = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("The file is not written in UTF-8.")) from None
        if not given.get("text"):
            raise forms.ValidationError(_("Choose a file, or paste its text."))
        return given


@keeper_view
@require_safe
def export(request):
    text = yaml.safe_dump(catalogue_as_data(), allow_unicode=True, sort_keys=False, width=100)
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="catalogue.yaml"'
    return answer


@keeper_view
def import_page(request):
    """First a dry run, told row by row; with `apply` the same for good."""
    form = ImportForm(request.POST or None, request.FILES or None)
    report, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            text, applies = form.cleaned_data["text"], "apply" in request.POST
            try:
                report = import_catalogue(text, actor=request.user, dry_run=not applies)
            except Refused as refusal:
                show(refusal, form)
                status = refusal.status
            else:
                status = 422 if report.problems else 200
                if applies and not report.problems:
                    counts = {"added": len(report.added), "changed": len(report.changed), "same": len(report.same)}
                    messages.success(
                        request, _("Imported: %(added)s added, %(changed)s changed, %(same)s as before.") % counts
                    )
                    return redirect("catalog:items")
                form = ImportForm(initial={"text": text})
    return render(request, "catalog/import.html", {"form": form, "report": report}, status=status)
