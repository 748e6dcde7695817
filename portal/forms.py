"""What end users send: shape only."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal import selectors
from tickets.models import Level


class SendingField(forms.UUIDField):
    """A form's own key, made when it is shown: sent twice, it is known again (`portal.services.opened_once`)."""

    widget = forms.HiddenInput

    def __init__(self, **options):
        super().__init__(initial=uuid.uuid4, **options)


def colleague(user, text):
    """The one person `user` means by a login, staff number, e-mail or name; None for nothing. ValidationError else."""
    text = text.strip()
    if not text:
        return None
    found = User.objects.visible_to(user).active().meant_by(text)
    if len(found) != 1:
        raise forms.ValidationError(
            _("Several people fit. Choose one from the list.") if found else _("Nobody of that name was found.")
        )
    return found[0]


class ReportForm(forms.Form):
    """One field to type; the rest is prefilled from the person and may be left alone."""

    text = forms.CharField(
        label=_("What is the matter?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your own words. The first line becomes the title."),
    )
    service = forms.ModelChoiceField(
        label=_("Which service is it about?"),
        queryset=None,
        required=False,
        blank=True,
        empty_label=_("I am not sure"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    affects = forms.TypedChoiceField(
        label=_("Who is affected?"),
        choices=[(3, _("Only me")), (2, _("My department or several people")), (1, _("The whole site or company"))],
        coerce=lambda value: Level(int(value)),
        initial=3,
    )
    hinders = forms.TypedChoiceField(
        label=_("Can you go on working?"),
        choices=[(3, _("Yes, it can wait")), (2, _("With difficulty")), (1, _("No, I am stuck"))],
        coerce=lambda value: Level(int(value)),
        initial=2,
    )
    place = forms.CharField(label=_("Where are you?"), max_length=120, required=False)
    contact = forms.CharField(label=_("How do we reach you?"), max_length=120, required=False)
    on_behalf_of = forms.CharField(
        label=_("For somebody else"),
        max_length=120,
        required=False,
        help_text=_("Type a name, pinyin, staff number or login and choose the person."),
    )
    sending = SendingField()

    def __init__(self, user, data=None, **kwargs):
        initial = {"place": user.location, "contact": user.phone or user.email} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.user = user
        self.fields["service"].queryset = selectors.offered_services(user)

    def clean_on_behalf_of(self):
        return colleague(self.user, self.cleaned_data["on_behalf_of"])


class ReplyForm(forms.Form):
    body = forms.CharField(
        label=_("Your reply"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class ShareForm(forms.Form):
    """A colleague who shall read a ticket, too."""

    person = forms.CharField(label=_("Share with a colleague"), max_length=120)

    def __init__(self, user, data=None):
        super().__init__(data, auto_id="share_%s")
        self.user = user

    def clean_person(self):
        return colleague(self.user, self.cleaned_data["person"])


class ObjectionForm(forms.Form):
    """What is wrong with a record."""

    why = forms.CharField(label=_("What is wrong?"), max_length=500)


class HandOverForm(forms.Form):
    """Whose the item is instead."""

    person = forms.CharField(
        label=_("Whose is it?"), max_length=120, help_text=_("Their name, pinyin, staff number or login.")
    )

    def __init__(self, user, data=None, **options):
        super().__init__(data, **options)
        self.user = user

    def clean_person(self):
        return colleague(self.user, self.cleaned_data["person"])


class FilterForm(forms.Form):
    """The filters of "my tickets"; anything unknown falls back to what is open."""

    STATUS = ("open", "waiting", "all")

    status = forms.ChoiceField(choices=[(name, name) for name in STATUS], required=False)
    q = forms.CharField(max_length=200, required=False)
    before = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    after = forms.IntegerField(min_value=0, max_value=2**62, required=False)

    def chosen(self) -> dict:
        self.full_clean()
        given = self.cleaned_data
        text = given.get("q") or ""
        return {
            "status": given.get("status") or ("all" if text else "open"),
            "text": text,
            "before": given.get("before"),
            "after": given.get("after"),
        }
