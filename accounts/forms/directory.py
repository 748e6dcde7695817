"""What administrators keep: people, teams, organisations, departments."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.models import Department, Organisation, Role, Team, User
from accounts.search_keys import folded

CHECKBOXES = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


class PersonForm(ServiceForm):
    manager = PersonField(label=_("Line manager"), required=False)

    class Meta:
        model = User
        fields = [
            "name", "latin_name", "username", "email", "staff_number", "title", "phone", "location",
            "organisation", "department", "manager", "language", "is_vip",
        ]  # fmt: skip
        labels = {"organisation": _("Organisation"), "department": _("Department")}

    def clean_username(self):
        return folded(self.cleaned_data["username"]).strip()

    def clean_email(self):
        return self.cleaned_data["email"].strip()


class NewPersonForm(PersonForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=CHECKBOXES, initial=[Role.REQUESTER]
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=Team.objects.active(), required=False, widget=CHECKBOXES
    )


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=CHECKBOXES)


class TeamForm(ServiceForm):
    lead = PersonField(label=_("Lead"), required=False)
    parent = forms.ModelChoiceField(label=_("Reports to"), queryset=Team.objects.all(), required=False)
    serves = forms.ModelMultipleChoiceField(
        label=_("Serves"), queryset=Organisation.objects.all(), required=False, widget=CHECKBOXES
    )

    class Meta:
        model = Team
        fields = [
            "name_zh", "name_en", "slug", "line", "specialism", "lead", "parent", "serves", "assignment",
            "responsibilities", "email", "around_the_clock", "is_active",
        ]  # fmt: skip
        labels = {"slug": _("Short name"), "email": _("E-mail"), "is_active": _("Takes tickets")}
        widgets = {"responsibilities": forms.Textarea(attrs={"rows": 3})}


class OrganisationForm(ServiceForm):
    class Meta:
        model = Organisation
        fields = ["name_zh", "name_en", "slug", "kind", "is_active"]
        labels = {"slug": _("Short name")}


class DepartmentForm(ServiceForm):
    head = PersonField(label=_("Head"), required=False)

    class Meta:
        model = Department
        fields = ["organisation", "name_zh", "name_en", "slug", "parent", "head"]
        labels = {"slug": _("Short name"), "organisation": _("Organisation"), "parent": _("Part of")}


class MemberForm(forms.Form):
    person = PersonField(label=_("Person"))


class TeamFilter(forms.Form):
    specialism = forms.ChoiceField(
        required=False, choices=[("", _("Every field of work")), *Team.Specialism.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip


class PeopleFilter(forms.Form):
    """What the list of people is narrowed by; wrong values are ignored, not shown as nothing."""

    q = forms.CharField(required=False, max_length=100)
    role = forms.ChoiceField(required=False, choices=[("", _("Every role")), *Role.choices])
    team = forms.ModelChoiceField(Team.objects.all(), required=False, empty_label=_("Every team"))
    state = forms.ChoiceField(
        required=False, choices=[("active", _("Active")), ("gone", _("Deactivated")), ("all", _("All"))]
    )
