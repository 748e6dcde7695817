"""Forms of the pages of skills: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.forms.skills import evidence_link
from accounts.models import PersonSkill, Skill, SkillLevel
from cmdb.models import ItemClass, Service
from tickets.models import Category


class SkillForm(ServiceForm):
    class Meta:
        model = Skill
        fields = ["name_zh", "name_en", "slug", "is_active"]


class RatingForm(ServiceForm):
    """Who has the skill, how well, how one knows, until when."""

    person = PersonField(label=_("Person"))
    link = evidence_link()

    class Meta:
        model = PersonSkill
        fields = ["level", "evidence", "link", "expires_on"]
        widgets = {"expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"expires_on": _("Empty: it does not run out.")}

    field_order = ["person", "level", "evidence", "link", "expires_on"]

    def clean_person(self):
        person = self.cleaned_data["person"]
        if person is None:
            raise forms.ValidationError(_("Name the person."))
        return person


class RequirementForm(forms.Form):
    """What asks for the skill: a service, a category or a class of items."""

    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none(), required=False)
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.filter(is_active=True), required=False
    )
    item_class = forms.ModelChoiceField(
        label=_("Item class"), queryset=ItemClass.objects.order_by("family", "slug"), required=False
    )
    level = forms.TypedChoiceField(
        label=_("At least"), choices=SkillLevel.choices, coerce=int, initial=SkillLevel.SOLID.value
    )

    def __init__(self, user, data=None):
        super().__init__(data)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
