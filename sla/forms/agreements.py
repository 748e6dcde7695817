"""Agreements as people write them: who with, what is in scope, clauses, remarks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.models import Organisation, Team
from cmdb.selectors.classes import class_choices
from sla import durations
from sla.models import Agreement, AgreementVersion, Clause
from sla.vocabulary import RETARGET_WORDS
from tickets.vocabulary import Priority

CHECKBOXES = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NamesForm(ServiceForm):
    owner = PersonField(label=_("Who answers for it"), required=False)

    class Meta:
        model = Agreement
        fields = ["name_zh", "name_en", "owner", "rank"]
        help_texts = {"rank": _("Where several agreements fit a ticket, the lowest number binds it.")}


class AgreementForm(NamesForm):
    customer = forms.ModelChoiceField(
        label=_("Customer"), queryset=Organisation.objects.exclude(kind="supplier"), required=False,
        empty_label=_("All customers"),
    )  # fmt: skip
    team = forms.ModelChoiceField(label=_("Team (OLA)"), queryset=Team.objects.active(), required=False)
    supplier = forms.ModelChoiceField(
        label=_("Supplier (contract)"), queryset=Organisation.objects.filter(kind="supplier"), required=False
    )

    class Meta(NamesForm.Meta):
        fields = ["kind", "name_zh", "name_en", "slug", "customer", "team", "supplier", "owner", "rank"]
        labels = {"slug": _("Short name")}


class ScopeForm(ServiceForm):
    item_kinds = forms.MultipleChoiceField(
        label=_("Kinds of affected items"), choices=class_choices, required=False, widget=CHECKBOXES,
        help_text=_("None ticked: all, also tickets that name no item."),
    )  # fmt: skip
    priorities = forms.TypedMultipleChoiceField(
        label=_("Priorities"), choices=Priority.choices, coerce=int, required=False, widget=CHECKBOXES,
        help_text=_("None ticked: all."),
    )  # fmt: skip
    provider_signer = PersonField(label=_("Signs for the provider"), required=False)
    other_signer = PersonField(label=_("Signs for the other side"), required=False)
    based_on = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = AgreementVersion
        fields = [
            "services", "excluded_services", "priorities", "item_kinds", "policy", "starts_on", "ends_on", "review_on",
            "provider_signer", "other_signer",
        ]  # fmt: skip
        labels = {
            "services": _("Services in scope"),
            "excluded_services": _("Services out of scope"),
            "policy": _("Escalation policy"),
        }
        help_texts = {"services": _("None ticked: all services but those out of scope.")}
        widgets = {
            "services": CHECKBOXES,
            "excluded_services": CHECKBOXES,
            "starts_on": DATE,
            "ends_on": DATE,
            "review_on": DATE,
        }


class ClauseForm(ServiceForm):
    based_on = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = Clause
        fields = ["section", "text_zh", "text_en"]
        widgets = {"text_zh": forms.Textarea(attrs={"rows": 4}), "text_en": forms.Textarea(attrs={"rows": 4})}


class RemarkForm(forms.Form):
    """A comment on a row, with the row's new values as a counter-proposal. `day` belongs to the target's calendar."""

    body = forms.CharField(
        label=_("Comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    length = forms.CharField(
        label=_("Counter-proposal"), required=False, max_length=40,
        help_text=_("Business time such as 30m, 4h or 2d; d is an ordinary working day of the target's calendar."),
    )  # fmt: skip
    text_zh = forms.CharField(
        label=_("Proposed Chinese text"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_en = forms.CharField(
        label=_("Proposed English text"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, clause=None, target=None, day=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        for name in ("text_zh", "text_en") if clause is None else ():
            del self.fields[name]
        if target is None:
            del self.fields["length"]

    def clean_length(self):
        text = self.cleaned_data["length"].strip()
        if not text:
            return None
        try:
            return durations.parse(text, day=self.day)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def proposal(self) -> dict:
        """New values of the row, by its fields' names."""
        given = {"seconds": self.cleaned_data.get("length")}
        given |= {name: self.cleaned_data.get(name) for name in ("text_zh", "text_en")}
        return {name: value for name, value in given.items() if value}


class StepForm(forms.Form):
    """What a step of the life cycle asks for."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    review_on = forms.DateField(label=_("Next review"), required=False, widget=DATE)


class CarryForm(forms.Form):
    """How a version in force reaches open tickets that count by an older one."""

    mode = forms.ChoiceField(label=_("What was counted so far"), choices=list(RETARGET_WORDS.items()))


class SignForm(forms.Form):
    """The digest is that of the content on the page."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Job title"), required=False, max_length=80)


class ListFilter(forms.Form):
    """What the list is narrowed by; wrong values are ignored."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Every kind")), *Agreement.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All that are not over")), *AgreementVersion.State.choices]
    )


class DryRunForm(forms.Form):
    days = forms.IntegerField(label=_("Days back"), min_value=1, max_value=366, initial=30)
