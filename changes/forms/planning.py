"""A change as typed, the filters of the list, one step."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.service_form import PersonField
from changes.rules import GIVEN_BY_TEMPLATE
from changes.vocabulary import MOST_WATCH_HOURS, WATCH_HOURS, ChangeType
from changes.workflow import CHANGE
from cmdb.forms.picking import ItemsField
from cmdb.models import Service
from tickets.forms import TransitionForm, teams_for, workers_of
from tickets.models import Level


def _lines(count):
    return forms.Textarea(attrs={"rows": count})


def _moment(label):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


FREE_TYPES = [(key, label) for key, label in ChangeType.choices if key != ChangeType.STANDARD]


class ChangeForm(forms.Form):
    """Everything that is planned. The service judges it; this only parses."""

    title = forms.CharField(label=_("What is changed?"), max_length=200)
    type = forms.ChoiceField(label=pgettext_lazy("change", "Type"), choices=FREE_TYPES, initial="normal")
    service = forms.ModelChoiceField(None, label=_("Service"), required=False, empty_label="—")
    description = forms.CharField(label=_("Why, and what comes of it?"), required=False, widget=_lines(4))
    affected_items = ItemsField(label=_("Affected items"))
    planned_start = _moment(_("Planned start"))
    planned_end = _moment(_("Planned end"))
    implementer = PersonField(label=_("Implementer"), required=False)
    team = forms.ModelChoiceField(None, label=_("Team"), required=False, empty_label="—")
    assignee = forms.ModelChoiceField(None, label=_("Coordinator"), required=False, empty_label="—")
    plan = forms.CharField(label=_("Implementation plan"), required=False, widget=_lines(6))
    steps = forms.CharField(
        label=_("Steps"), required=False, widget=_lines(5),
        help_text=_("One a line, in order. When the work begins each becomes a task with its start and finish."),
    )  # fmt: skip
    rollback_plan = forms.CharField(
        label=_("Back-out plan"), required=False, widget=_lines(4),
        help_text=_("How it is taken back, until when that is possible, how long it takes."),
    )  # fmt: skip
    back_out_steps = forms.CharField(
        label=_("Steps back"), required=False, widget=_lines(3), help_text=_("One a line: the tasks of backing out.")
    )
    test_evidence = forms.CharField(
        label=_("Test evidence"), required=False, widget=_lines(3),
        help_text=_("What was tried where, with which result; a link will do."),
    )  # fmt: skip
    watch_hours = forms.IntegerField(
        label=_("Hours of watching afterwards"), initial=WATCH_HOURS, min_value=0, max_value=MOST_WATCH_HOURS
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, user, data=None, *, organisations, items=(), template=None, **options):
        super().__init__(data, **options)
        if template is not None:
            self.fields["type"].choices = [(ChangeType.STANDARD, ChangeType.STANDARD.label)]
            for name in ("type", *GIVEN_BY_TEMPLATE):
                self.fields[name].disabled = True
        self.fields["affected_items"].read_by(user, items)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        teams = teams_for(organisations, user)
        self.fields["team"].queryset = teams
        self.fields["assignee"].queryset = workers_of(teams, user)

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NewChangeForm(ChangeForm):
    """A draft needs little more than a title: the rest can follow."""

    impact = forms.TypedChoiceField(label=_("Impact"), choices=Level.choices, coerce=int, initial=Level.LOW)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Level.choices, coerce=int, initial=Level.MEDIUM)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Words or number"), required=False, max_length=200)
    type = forms.ChoiceField(label=pgettext_lazy("change", "Type"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    mine = forms.BooleanField(label=_("Mine"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["type"].choices = [("", _("All")), *ChangeType.choices]
        self.fields["state"].choices = [("", _("All open")), *CHANGE.choices()]

    def asked(self) -> dict:
        """What was asked for; what cannot be read counts as not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class StepForm(TransitionForm):
    """One step of the table, with what the change says already."""

    def __init__(self, step, change, user, data=None):
        super().__init__(step, change, user, data)
        for name, field in self.fields.items():
            field.initial = getattr(change, name, None)
