"""What is asked for when two records may be one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cmdb.forms.items import ItemField

KEPT, OTHER = "kept", "other"


class ApartForm(forms.Form):
    why = forms.CharField(label=_("How do you know that they are two?"), max_length=500)


class OtherForm(forms.Form):
    other = ItemField(label=_("Which other record is it?"))

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["other"].user = user


class MergeForm(forms.Form):
    """For everything in which two records differ, which of the two is right. Versions are those that were shown: what
    came to differ since is not decided by this form, and refused by the versions."""

    why = forms.CharField(label=_("How do you know that they are one?"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, differences, kept, other, data=None):
        super().__init__(data, initial={"version": kept.version, "other_version": other.version})
        self.differences = differences
        for one in differences:
            self.fields[one.name] = forms.ChoiceField(
                label=one.label, choices=[(KEPT, one.kept or "–"), (OTHER, one.other or "–")],
                initial=OTHER if one.is_taken else KEPT, required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip

    def rows(self):
        return [self[one.name] for one in self.differences]

    def taken(self) -> list[str]:
        return [one.name for one in self.differences if self.cleaned_data[one.name] == OTHER]

    @property
    def versions(self):
        return self.cleaned_data["version"], self.cleaned_data["other_version"]
