"""What the escalation log is narrowed by, and the steps of a policy."""

from datetime import datetime, time, timedelta

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import Roster, Team
from sla.models import EscalationPolicy, EscalationStep, Target
from sla.services.policies import MOST_STEPS

Action = EscalationStep.Action
WEEK = 7 * 24 * 60
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogFilter(forms.Form):
    """Wrong values are ignored, not shown as nothing."""

    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("waiting", _("Waiting for an answer")),
            ("passed_on", _("Passed on")),
            ("not_possible", _("Not possible")),
        ],
    )
    team = forms.ModelChoiceField(Team.objects.all(), label=_("Team"), required=False, empty_label=_("Every team"))
    since = forms.DateField(label=_("From"), required=False, widget=DATE)
    until = forms.DateField(label=_("To"), required=False, widget=DATE)

    def narrowing(self) -> dict:
        """The valid values as `selectors.escalations.narrowed` takes them; days are the reader's."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "state": given.get("state", ""),
            "team": given.get("team"),
            "since": _midnight(given.get("since")),
            "until": _midnight(given.get("until"), days=1),
        }


class PolicyForm(ServiceForm):
    class Meta:
        model = EscalationPolicy
        fields = ["name_zh", "name_en", "slug"]
        labels = {"slug": _("Short name")}


class StepForm(forms.Form):
    """One step; a row without an action is no step."""

    action = forms.ChoiceField(label=_("Action"), required=False, choices=[("", "—"), *Action.choices])
    metric = forms.ChoiceField(
        label=_("Metric"), required=False, choices=[("", _("Every metric")), *Target.Metric.choices]
    )
    pct = forms.IntegerField(label=_("At percent"), min_value=1, max_value=1000, initial=100)
    offset_minutes = forms.IntegerField(label=_("± business minutes"), min_value=-WEEK, max_value=WEEK, initial=0)
    team = forms.ModelChoiceField(Team.objects.active(), label=_("Team"), required=False, empty_label="—")
    roster = forms.ModelChoiceField(
        Roster.objects.filter(is_active=True), label=_("On-call roster"), required=False, empty_label="—"
    )
    acknowledge_minutes = forms.IntegerField(
        label=_("Minutes to acknowledge"), min_value=1, max_value=1440, required=False
    )

    def clean(self):
        given = super().clean()
        needed = {Action.MOVE_TO_TEAM: "team", Action.TELL_ON_CALL: "roster"}.get(given.get("action"))
        if needed and not given.get(needed) and needed not in self.errors:
            self.add_error(needed, _("This action needs one."))
        return given


class StepFormSet(BaseFormSet):
    def steps(self) -> list[dict]:
        """The steps of the valid rows that were not struck out, as `services.policies.save_policy` takes them."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("action")]
        return [
            {name: value for name, value in row.items() if name != "DELETE"} for row in rows if not row.get("DELETE")
        ]


Steps = formset_factory(
    StepForm,
    formset=StepFormSet,
    extra=3,
    can_delete=True,
    max_num=MOST_STEPS,
    validate_max=True,
    absolute_max=2 * MOST_STEPS,
)


def _midnight(day, days=0):
    if day is None or not 2000 <= day.year < 2100:
        return None
    return make_aware(datetime.combine(day + timedelta(days=days), time()))
