"""What people keep about themselves: their details, their tokens."""

from datetime import timedelta
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import ApiToken, User
from core import clock

# The zones people live in; those the system only keeps for old names are left out.
_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def time_zones():
    known = sorted(zone for zone in available_timezones() if zone.split("/")[0] in _REGIONS)
    return [(zone, zone.replace("_", " ")) for zone in ["UTC", *known]]


class ProfileForm(ServiceForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    class Meta:
        model = User
        fields = ["name", "latin_name", "phone", "location", "language", "time_zone", "theme"]


class TokenForm(forms.Form):
    LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), ("", _("Without an end"))]

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What it is for, so that you know it again."))
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=ApiToken.Scope.choices,
        initial=["read"],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    days = forms.ChoiceField(label=_("Expires after"), choices=LIFETIMES, initial="90", required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        if not user.sees_everything:
            self.fields["scopes"].choices = [c for c in ApiToken.Scope.choices if c[0] != ApiToken.Scope.ADMIN]

    @property
    def expires_at(self):
        days = self.cleaned_data["days"]
        return clock.now() + timedelta(days=int(days)) if days else None
