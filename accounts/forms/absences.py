"""Absence and substitute."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.rosters import instant_field
from accounts.forms.service_form import PersonField
from accounts.models import User


class AbsenceForm(forms.Form):
    """From … to … somebody decides for a person."""

    from_at = instant_field(_("From"))
    until_at = instant_field(_("To"))
    substitute = PersonField(label=_("Who stands in?"))

    def __init__(self, user, data=None):
        super().__init__(data)
        self.user = user

    def clean_substitute(self):
        person = self.cleaned_data["substitute"]
        if not User.objects.visible_to(self.user).filter(pk=person.pk).exists():
            typed = self.data["substitute"][:60]
            raise forms.ValidationError(_("Nobody is called “%(name)s”."), params={"name": typed})
        return person

    def clean(self):
        given = super().clean()
        for name in ("from_at", "until_at"):
            if name in given and not 2000 <= given[name].year < 2100:
                self.add_error(name, _("Give a day of this century."))
        return given
