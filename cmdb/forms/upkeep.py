"""What is asked for to keep the records right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cmdb.forms.items import DATE
from cmdb.selectors.classes import class_choices


class CampaignForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("The owners read it."))
    due_on = forms.DateField(label=_("Until"), widget=DATE)
    item_classes = forms.MultipleChoiceField(
        label=_("Classes"), choices=class_choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("With the classes below them; none ticked: all."),
    )  # fmt: skip
    only_unsure = forms.BooleanField(label=_("Only what is not verified"), required=False, initial=True)
