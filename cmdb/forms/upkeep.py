"""What is asked for to keep the records right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cmdb.forms.items import DATE
from cmdb.selectors.classes import class_choices


class AuditForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    size = forms.IntegerField(
        label=_("How many records"), min_value=1, max_value=500, initial=30,
        help_text=_("A hundred tell accuracy to about ten percent either way, thirty to about eighteen."),
    )  # fmt: skip
    item_classes = forms.MultipleChoiceField(
        label=_("Classes"), choices=class_choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("With the classes below them; none ticked: all."),
    )  # fmt: skip


class CheckForm(forms.Form):
    """Each fact of a record: right, or wrong and how. Nothing is chosen beforehand."""

    def __init__(self, facts, data=None):
        super().__init__(data)
        self.facts = facts
        for key, name, words in facts:
            self.fields[f"is_{key}"] = forms.ChoiceField(
                label=f"{name}: {words or '–'}", choices=[("right", _("Right")), ("wrong", _("Wrong"))],
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip
            self.fields[f"note_{key}"] = forms.CharField(label=_("What is right"), required=False, max_length=200)

    def clean(self):
        for key, _name, _words in self.facts:
            is_wrong = self.cleaned_data.get(f"is_{key}") == "wrong"
            if is_wrong and not self.cleaned_data.get(f"note_{key}", "").strip():
                self.add_error(f"note_{key}", _("Say what is wrong."))
        return self.cleaned_data

    def rows(self):
        return [(self[f"is_{key}"], self[f"note_{key}"]) for key, _name, _words in self.facts]

    def findings(self) -> dict:
        """{fact: "" where it is right, else what is wrong}."""
        given = self.cleaned_data
        return {key: given[f"note_{key}"] if given[f"is_{key}"] == "wrong" else "" for key, _name, _words in self.facts}


class CampaignForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("The owners read it."))
    due_on = forms.DateField(label=_("Until"), widget=DATE)
    item_classes = forms.MultipleChoiceField(
        label=_("Classes"), choices=class_choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("With the classes below them; none ticked: all."),
    )  # fmt: skip
    only_unsure = forms.BooleanField(label=_("Only what is not verified"), required=False, initial=True)
