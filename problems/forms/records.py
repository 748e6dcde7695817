"""A problem as typed, the filters of the list, one step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cmdb.forms.picking import ItemsField
from cmdb.models import Service
from problems.vocabulary import MOST_WATCH_DAYS, WATCH_DAYS
from problems.workflow import PROBLEM
from tickets.forms import TransitionForm, teams_for, workers_of
from tickets.models import Category, Level


def _lines(count):
    return forms.Textarea(attrs={"rows": count})


class ProblemForm(forms.Form):
    """Everything that is known. The service judges it; this only parses."""

    title = forms.CharField(label=_("What goes wrong?"), max_length=200)
    service = forms.ModelChoiceField(None, label=_("Service"), required=False, empty_label="—")
    category = forms.ModelChoiceField(None, label=_("Category"), required=False, empty_label="—")
    description = forms.CharField(label=_("What is known so far?"), required=False, widget=_lines(4))
    affected_items = ItemsField(label=_("Affected items"))
    team = forms.ModelChoiceField(None, label=_("Team"), required=False, empty_label="—")
    assignee = forms.ModelChoiceField(None, label=_("Problem owner"), required=False, empty_label="—")
    root_cause = forms.CharField(label=_("Root cause"), required=False, widget=_lines(4))
    no_method_reason = forms.CharField(
        label=_("Why no method was used"), required=False, max_length=500,
        help_text=_("Only where neither a fishbone nor the 5 Whys apply."),
    )  # fmt: skip
    workaround = forms.CharField(
        label=_("Workaround"), required=False, widget=_lines(4),
        help_text=_("What helps until the cause is gone, in words a requester can follow."),
    )  # fmt: skip
    has_no_workaround = forms.BooleanField(label=_("There is no workaround"), required=False)
    watch_days = forms.IntegerField(
        label=_("Days of observation after the fix"), initial=WATCH_DAYS, min_value=1, max_value=MOST_WATCH_DAYS
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, user, data=None, *, organisations, items=(), **options):
        super().__init__(data, **options)
        self.fields["affected_items"].read_by(user, items)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)
        teams = teams_for(organisations, user)
        self.fields["team"].queryset = teams
        self.fields["assignee"].queryset = workers_of(teams, user)

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NewProblemForm(ProblemForm):
    """Little more than a title is known in the beginning."""

    impact = forms.TypedChoiceField(label=_("Impact"), choices=Level.choices, coerce=int, initial=Level.LOW)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Level.choices, coerce=int, initial=Level.MEDIUM)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Words or number"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)
    service = forms.ModelChoiceField(None, label=_("Service"), required=False, empty_label=_("All"))
    mine = forms.BooleanField(label=_("Mine"), required=False)

    def __init__(self, user, data):
        super().__init__(data)
        self.fields["state"].choices = [("", _("All open")), *PROBLEM.choices()]
        self.fields["service"].queryset = Service.objects.visible_to(user)

    def asked(self) -> dict:
        """What was asked for; what cannot be read counts as not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class KnownForm(forms.Form):
    """The filters of the known errors."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=200)
    service = forms.ModelChoiceField(None, label=_("Service"), required=False, empty_label=_("All"))
    item = forms.CharField(label=_("Configuration item"), required=False, max_length=120)

    def __init__(self, user, data):
        super().__init__(data)
        self.fields["service"].queryset = Service.objects.visible_to(user)

    def asked(self) -> dict:
        """What was asked for; what cannot be read counts as not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class StepForm(TransitionForm):
    """One step of the table."""
