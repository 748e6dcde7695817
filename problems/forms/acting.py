"""What is asked about a problem beyond its table: another ticket, somebody's consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField
from cmdb.forms.picking import ItemsField
from cmdb.models import Service
from problems.models import Problem
from tickets.forms import teams_for, workers_of
from tickets.models import Category, Ticket


class NumberField(forms.ModelChoiceField):
    """A ticket by its number, among those that the reader sees."""

    def __init__(self, **options):
        super().__init__(None, to_field_name="number", widget=forms.TextInput, **options)

    def to_python(self, value):
        return super().to_python(value.strip().upper() if isinstance(value, str) else value)


class LinkForm(forms.Form):
    """A problem that stands behind an incident."""

    problem = NumberField(label=_("Number of the problem"))

    def __init__(self, user, data=None, **options):
        super().__init__(data, **options)
        self.fields["problem"].queryset = Problem.objects.visible_to(user)


class IncidentForm(forms.Form):
    """An incident behind which a problem stands."""

    incident = NumberField(label=_("Number of the incident"))

    def __init__(self, user, data=None, **options):
        super().__init__(data, **options)
        self.fields["incident"].queryset = Ticket.objects.visible_to(user).filter(kind="incident")


class ChangeForm(forms.Form):
    """A change that is to solve a problem for good."""

    change = NumberField(label=_("Number of the change"))

    def __init__(self, user, data=None, **options):
        super().__init__(data, **options)
        self.fields["change"].queryset = Ticket.objects.visible_to(user).filter(kind="change")


class DuplicateForm(forms.Form):
    original = NumberField(
        label=_("Number of the other problem"),
        help_text=_("Incidents and changes that are linked with this one are linked with the other from then on."),
    )

    def __init__(self, user, data=None, **options):
        super().__init__(data, **options)
        self.fields["original"].queryset = Problem.objects.visible_to(user)


class RiskForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it left as it is?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    approver = PersonField(label=_("Who decides?"), help_text=_("A manager who serves this organisation."))


class TaskForm(forms.Form):
    title = forms.CharField(label=_("What is to be done?"), max_length=200)
    team = forms.ModelChoiceField(None, label=_("Team"), required=False, empty_label="—")
    assignee = forms.ModelChoiceField(None, label=_("Person"), required=False, empty_label="—")
    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Whoever has it is reminded on this day, and once more when it is late."),
    )  # fmt: skip

    def __init__(self, problem, user, data=None, **options):
        super().__init__(data, **options)
        teams = teams_for([problem.organisation_id], user)
        self.fields["team"].queryset = teams
        self.fields["assignee"].queryset = workers_of(teams, user)


class TypedForm(forms.Form):
    """What somebody has typed so far of a new incident; what cannot be read counts as not typed."""

    title = forms.CharField(required=False, max_length=200)
    description = forms.CharField(required=False, max_length=20_000)
    service = forms.ModelChoiceField(None, required=False)
    category = forms.ModelChoiceField(Category.objects.filter(is_active=True), required=False)
    items = ItemsField()

    def __init__(self, user, data):
        super().__init__(data)
        self.fields["items"].read_by(user)
        self.fields["service"].queryset = Service.objects.visible_to(user)

    def typed(self) -> dict:
        self.is_valid()
        return {"title": "", "description": "", "service": None, "category": None, "items": ()} | self.cleaned_data
