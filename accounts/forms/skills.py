"""What forms about skills share."""

from django import forms
from django.utils.translation import gettext_lazy as _


def evidence_link() -> forms.URLField:
    return forms.URLField(label=_("Link to the evidence"), max_length=500, required=False, assume_scheme="https")
