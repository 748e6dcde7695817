"""Calling a meeting, noting what is said, closing it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallForm(forms.Form):
    starts_at = forms.DateTimeField(
        label=_("Starts"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Place or link"), max_length=300, required=False)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class NoteForm(forms.Form):
    note = forms.CharField(
        label=pgettext_lazy("meeting", "What was said"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(forms.Form):
    present = forms.ModelMultipleChoiceField(None, label=_("Present"), widget=forms.CheckboxSelectMultiple)
    minutes = forms.CharField(
        label=pgettext_lazy("meeting", "Minutes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, board, data=None):
        super().__init__(data)
        self.fields["present"].queryset = board.members.order_by("name", "pk")
