"""Why personal data is kept or erased."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Legal reason for keeping everything"), max_length=200, required=False,
        help_text=_("As long as it stands nothing is erased. Empty: nothing is held."),
    )  # fmt: skip
