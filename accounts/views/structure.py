"""The administrators' pages about organisations and departments."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import selectors, services
from accounts.forms.directory import DepartmentForm, OrganisationForm
from accounts.forms.service_form import add_refusal
from accounts.models import Department, Organisation
from accounts.views.guards import administrators_only
from core.errors import Refused


@administrators_only
def organisation_list(request):
    return render(request, "accounts/organisations.html", {"organisations": selectors.organisations()})


@administrators_only
def organisation_page(request, pk=None):
    """Add (no pk) or change an organisation."""
    record = get_object_or_404(Organisation, pk=pk) if pk else None
    heading = str(record) if record else _("New organisation")
    return _edit(request, record, OrganisationForm, services.save_organisation, heading, "accounts:organisations")


@administrators_only
def department_list(request):
    return render(request, "accounts/departments.html", {"departments": selectors.departments()})


@administrators_only
def department_page(request, pk=None):
    """Add (no pk) or change a department."""
    record = get_object_or_404(Department, pk=pk) if pk else None
    heading = str(record) if record else _("New department")
    return _edit(request, record, DepartmentForm, services.save_department, heading, "accounts:departments")


def _edit(request, record, form_class, save, heading, back):
    form = form_class(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        try:
            save(record, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return render(request, "accounts/record.html", {"form": form, "heading": heading, "back": back})
