"""On-call rosters: how they turn, who is in them, who takes over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.models import Roster, Team

_INSTANT = "%Y-%m-%dT%H:%M"


def instant_field(label):
    """A moment on the reader's clock, as browsers and people write it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_INSTANT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_INSTANT, f"{_INSTANT}:%S", "%Y-%m-%d %H:%M"])


class RosterForm(ServiceForm):
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.active())
    fallback = PersonField(label=_("Called when nobody answers"), required=False)

    class Meta:
        model = Roster
        fields = [
            "name_zh", "name_en", "team", "starts_on", "turn_days", "handover_at", "zone", "fallback", "is_active",
        ]  # fmt: skip
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "handover_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }


class TakeOverForm(forms.Form):
    """I take over from … to …; who keeps rosters may name somebody else, or nobody."""

    start_at = instant_field(_("From"))
    end_at = instant_field(_("To"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def clean(self):
        given = super().clean()
        for name in ("start_at", "end_at"):
            if name in given and not 2000 <= given[name].year < 2100:
                self.add_error(name, _("Give a day of this century."))
        return given


class ArrangeForm(TakeOverForm):
    person = PersonField(label=_("Who takes over (empty: nobody)"), required=False)

    field_order = ["person"]
