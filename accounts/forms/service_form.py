"""Forms whose values go to a service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors import person_called


class ServiceForm(forms.ModelForm):
    """A model's fields as a service takes them: the service validates and saves, this only parses."""

    def _post_clean(self):
        """Nothing: writing into the instance here would hide from the service what changed."""


def add_refusal(form, refusal):
    """Show what a service refused beside the fields it is about, the rest above the form."""
    for name, messages in (refusal.fields or {"": [str(refusal)]}).items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


class PersonField(forms.CharField):
    """One person, typed as login, e-mail address or staff number; the lookup offers them while typing."""

    finds_people = True

    def __init__(self, **options):
        options.setdefault("help_text", _("Login, e-mail or staff number; type a name, pinyin or phone to find it."))
        super().__init__(max_length=254, **options)

    def prepare_value(self, value):
        if isinstance(value, int):
            return User.objects.filter(pk=value).values_list("username", flat=True).first() or ""
        return value

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        person = person_called(typed)
        if person is None:
            raise forms.ValidationError(_("Nobody is called “%(name)s”."), params={"name": typed[:60]})
        return person
