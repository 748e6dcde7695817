"""Proposals as they are decided, and the rules that find them."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from core import clock
from problems.models import Problem, Proposal, RecurrenceRule
from problems.recurring.vocabulary import Basis
from tickets import kinds
from tickets.models import Category
from tickets.numbers import read

QUIET_FOR = timedelta(days=30)


class AcceptForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class MergeForm(forms.Form):
    """`into` is the number of a problem; or another proposal is chosen."""

    into = forms.CharField(label=_("Number of the problem"), max_length=20, required=False)
    other = forms.ModelChoiceField(
        label=_("Or another proposal"), queryset=Proposal.objects.none(), required=False, empty_label="–"
    )

    def __init__(self, user, proposal, data=None, **options):
        super().__init__(data, **options)
        self.user = user
        others = Proposal.objects.visible_to(user).open().filter(organisation=proposal.organisation_id)
        self.fields["other"].queryset = others.exclude(pk=proposal.pk).select_related("item", "service", "category")

    def clean_into(self):
        typed = self.cleaned_data["into"].strip()
        if not typed:
            return None
        numbers = read(typed, kinds.prefixes())
        problem = Problem.objects.visible_to(self.user).filter(number__in=numbers).first()
        if problem is None:
            raise forms.ValidationError(_("There is no problem with the number “%(typed)s”."), params={"typed": typed})
        return problem

    def clean(self):
        given = self.cleaned_data
        if not self.errors and bool(given.get("into")) == bool(given.get("other")):
            self.add_error("into", _("Name a problem or choose another proposal."))
        return given


class DismissForm(forms.Form):
    reason = forms.CharField(label=_("Why it is no problem"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    silent_until = forms.DateField(
        label=_("Silent until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until then the same is not proposed again, unless twice as many incidents come."),
    )  # fmt: skip

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["silent_until"].initial = timezone.localdate(clock.now()) + QUIET_FOR


class RuleForm(ServiceForm):
    class Meta:
        model = RecurrenceRule
        fields = [
            "name_zh", "name_en", "basis", "incidents", "days", "likeness", "factor", "left_out", "weight",
            "weight_grave", "weight_change", "position", "is_active",
        ]  # fmt: skip
        widgets = {"basis": forms.RadioSelect, "left_out": forms.CheckboxSelectMultiple}

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["basis"].choices = Basis.choices
        self.fields["left_out"].queryset = Category.objects.all()

    def values(self) -> dict:
        """What `keep_rule` takes."""
        return self.cleaned_data
