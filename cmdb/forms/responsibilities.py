"""A letter of the matrix of responsibilities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField
from accounts.models import Team
from cmdb.models import Activity, Letter


class ResponsibilityForm(forms.Form):
    activity = forms.ChoiceField(label=_("Activity"), choices=Activity.choices)
    letter = forms.ChoiceField(label=_("Responsibility"), choices=Letter.choices)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False)
    person = PersonField(label=_("or person"), required=False)

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["team"].queryset = Team.objects.visible_to(user).active()
