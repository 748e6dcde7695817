"""Forms of a person's skills: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.forms.skills import evidence_link
from accounts.models import PersonSkill, Skill, SkillClaim


def date_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _SkillForm(ServiceForm):
    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.filter(is_active=True))
    link = evidence_link()


class RateForm(_SkillForm):
    """What a lead says of somebody."""

    class Meta:
        model = PersonSkill
        fields = ["skill", "level", "evidence", "link", "expires_on"]
        widgets = {"expires_on": date_input()}
        help_texts = {"expires_on": _("Empty: it does not run out.")}


class ClaimForm(_SkillForm):
    """What somebody says of themselves."""

    class Meta:
        model = SkillClaim
        fields = ["skill", "level", "evidence", "link"]


class ConfirmForm(forms.Form):
    expires_on = forms.DateField(
        label=_("Valid through"), required=False, widget=date_input(), help_text=_("Empty: it does not run out.")
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
