"""Who takes over what from somebody who leaves."""

from django import forms
from django.utils.translation import gettext as _

from accounts.forms.service_form import PersonField


class LeavingForm(forms.Form):
    """One person a portion, the proposed one filled in; empty where the portion may rest."""

    def __init__(self, portions, data=None):
        super().__init__(data)
        self.portions = portions
        for one in portions:
            if one.pass_on is not None:
                self.fields[one.key] = PersonField(
                    label=_("Who takes it over"), required=not one.rests,
                    initial=one.proposed.username if one.proposed else "",
                    help_text=_("Nobody named: %(what)s") % {"what": one.rests} if one.rests else "",
                )  # fmt: skip

    def rows(self):
        """(portion, its field or None)."""
        return [(one, self[one.key] if one.key in self.fields else None) for one in self.portions]

    def receivers(self) -> dict:
        return {key: self.cleaned_data.get(key) for key in self.fields}

    def refuse(self, refusal):
        """What the service says of portions beside them, the rest above the form."""
        self.is_valid()
        for key, words in (refusal.fields or {"": [str(refusal)]}).items():
            for word in words:
                self.add_error(key if key in self.fields else None, word)
