"""What an approver fills in: why not, who else, who instead."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, add_refusal
from accounts.models import User
from tickets.vocabulary import Place

_SHORT_TEXT = forms.Textarea(attrs={"rows": 3})


class RejectForm(forms.Form):
    reason = forms.CharField(label=_("Why not?"), max_length=2000, widget=_SHORT_TEXT)

    @classmethod
    def refused(cls, refusal, data):
        """The form with what was typed and what a service said to it."""
        form = cls(data)
        form.full_clean()
        form.errors.clear()
        add_refusal(form, refusal)
        return form


class _PersonForm(forms.Form):
    """Names somebody whom the approver may see."""

    person = PersonField(label=_("Who?"))

    def __init__(self, user, data=None):
        super().__init__(data)
        self.user = user

    def clean_person(self):
        person = self.cleaned_data["person"]
        if not User.objects.visible_to(self.user).filter(pk=person.pk).exists():
            raise forms.ValidationError(_("Nobody is called “%(name)s”."), params={"name": self.data["person"][:60]})
        return person

    def add_refusal(self, refusal):
        add_refusal(self, refusal)


class AddForm(_PersonForm):
    place = forms.ChoiceField(
        label=_("When do they decide?"), choices=Place.choices, initial=Place.WITH, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("What for? (optional)"), max_length=2000, required=False, widget=_SHORT_TEXT)


class HandOverForm(_PersonForm):
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=_SHORT_TEXT)
