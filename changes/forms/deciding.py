"""The questions about risk, and the boards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import Organisation, User
from accounts.rules import STAFF_ROLES
from changes.models import Board, RiskQuestion


class AssessForm(forms.Form):
    """One choice for each question that is asked today; what was answered before is offered again."""

    def __init__(self, data=None, *, before=None):
        super().__init__(data)
        known = before.answers if before else {}
        for question in RiskQuestion.objects.filter(is_active=True):
            self.fields[question.slug] = forms.TypedChoiceField(
                label=question.name, choices=question.choices, coerce=int, widget=forms.RadioSelect,
                initial=known.get(question.slug),
            )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label=_("Remarks"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        )

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "note"}


class BoardForm(ServiceForm):
    class Meta:
        model = Board
        fields = ["name_zh", "name_en", "kind", "organisation", "members", "chair", "quorum", "is_active"]
        widgets = {"members": forms.CheckboxSelectMultiple}
        help_texts = {
            "organisation": _("Empty: for every organisation that has none of its own."),
            "quorum": _("How many members must agree to a change; of an emergency authority one is enough."),
        }

    def __init__(self, user, *args, **options):
        super().__init__(*args, **options)
        staff = User.objects.visible_to(user).active().filter(roles__overlap=list(STAFF_ROLES))
        self.fields["members"].queryset = self.fields["chair"].queryset = staff.order_by("name", "pk")
        organisations = Organisation.objects.filter(is_active=True)
        if not user.sees_everything:
            organisations = organisations.filter(pk__in=user.served_organisation_ids)
        self.fields["organisation"].queryset = organisations
