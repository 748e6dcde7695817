"""A working shift of a team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.directory import CHECKBOXES
from accounts.forms.service_form import ServiceForm
from accounts.models import User, Weekday, WorkShift


class ShiftForm(ServiceForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=Weekday.choices, coerce=int, widget=CHECKBOXES, initial=[0, 1, 2, 3, 4]
    )
    people = forms.ModelMultipleChoiceField(label=_("Who works it"), queryset=User.objects.none(), widget=CHECKBOXES)

    class Meta:
        model = WorkShift
        fields = ["label", "weekdays", "starts_at", "ends_at", "valid_from", "valid_until", "zone", "people"]
        help_texts = {
            "ends_at": _("At or before its beginning: on the next day."),
            "valid_until": _("Empty: until further notice."),
        }
        widgets = {
            **{name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("starts_at", "ends_at")},
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("valid_from", "valid_until")
            },
        }

    def __init__(self, team, *args, **options):
        super().__init__(*args, **options)
        self.fields["people"].queryset = team.members.filter(is_active=True).order_by("name", "pk")
