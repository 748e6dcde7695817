"""What readers send: shape only."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.vocabulary import Kind

_KEY = re.compile(r"[0-9]{1,9}")


class FeedbackForm(forms.Form):
    is_helpful = forms.TypedChoiceField(
        choices=[("1", _("Yes")), ("0", _("No"))], coerce=lambda value: value == "1", empty_value=None
    )
    comment = forms.CharField(label=_("What is missing or wrong?"), max_length=2000, required=False)
    wants_answer = forms.BooleanField(required=False)


class LookedForm(forms.Form):
    """What a page showed to who looks for help: their words, and the keys of the articles."""

    words = forms.CharField(max_length=200, required=False)
    articles = forms.CharField(max_length=400, required=False)
    then = forms.ChoiceField(choices=[("report", "")], required=False)

    def clean_articles(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["articles"].split(",") if _KEY.fullmatch(key)]


class FilterForm(forms.Form):
    """The filters of the article list; anything unknown falls back to all."""

    q = forms.CharField(max_length=200, required=False)
    service = forms.SlugField(required=False, max_length=80)
    category = forms.SlugField(required=False, max_length=80)
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)

    def chosen(self) -> dict:
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
