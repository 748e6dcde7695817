"""A directory to import, and what its columns mean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.directory_columns import TARGETS
from accounts.models import Organisation
from core.readers import LONGEST_FILE


class DirectoryForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX; the first line names the columns. Chinese in GB18030 is recognised."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.filter(is_active=True))

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given.size > LONGEST_FILE:
            text = _("The file is larger than %(limit)s MB.")
            raise forms.ValidationError(text, params={"limit": LONGEST_FILE // 2**20})
        return given


class DirectoryColumnsForm(forms.Form):
    """One choice a column; fields are named by place, since a heading may hold anything."""

    def __init__(self, columns, data=None, *, initial):
        super().__init__(data)
        self.columns = columns
        for place, column in enumerate(columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column, choices=[("", _("– leave out –")), *TARGETS.items()], required=False,
                initial=initial.get(column, ""),
            )  # fmt: skip

    def named(self) -> dict:
        return {column: self.cleaned_data[f"column_{place}"] for place, column in enumerate(self.columns)}

    def refuse(self, problems):
        for column, words in problems.items():
            place = f"column_{self.columns.index(column)}" if column in self.columns else None
            for word in words:
                self.add_error(place, word)
