"""Templates of standard changes: writing one, letting it be used, using it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import PersonField, ServiceForm
from accounts.models import Organisation
from changes.models import ChangeTemplate
from cmdb.forms.picking import ItemsField
from cmdb.models import ItemClass, Service
from tickets.forms import teams_for


def _lines(count):
    return forms.Textarea(attrs={"rows": count})


class TemplateForm(ServiceForm):
    class Meta:
        model = ChangeTemplate
        fields = [
            "name_zh", "name_en", "organisation", "service", "team", "item_classes", "description", "plan", "steps",
            "rollback_plan", "back_out_steps", "test_evidence", "minutes", "watch_hours", "suspend_after",
        ]  # fmt: skip
        widgets = {
            "item_classes": forms.CheckboxSelectMultiple,
            **{name: _lines(3) for name in ("description", "test_evidence", "back_out_steps")},
            **{name: _lines(5) for name in ("plan", "steps", "rollback_plan")},
        }
        help_texts = {
            "organisation": _("Empty: for every organisation."),
            "item_classes": _("None: for items of every class."),
            "steps": _("One a line, in order. When the work begins each becomes a task with its start and finish."),
            "back_out_steps": _("One a line: the tasks of backing out."),
            "suspend_after": _("Changes that failed or were backed out since it was approved."),
        }

    def __init__(self, user, *args, **options):
        super().__init__(*args, **options)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["team"].queryset = teams_for(user.served_organisation_ids, user)
        self.fields["item_classes"].queryset = ItemClass.objects.order_by("slug")
        organisations = Organisation.objects.filter(is_active=True)
        if not user.sees_everything:
            organisations = organisations.filter(pk__in=user.served_organisation_ids)
        self.fields["organisation"].queryset = organisations


class ApproveForm(forms.Form):
    valid_until = forms.DateField(
        label=_("valid until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RetireForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_lines(2))


class UseForm(forms.Form):
    title = forms.CharField(label=_("What is changed?"), max_length=200, required=False)
    planned_start = forms.DateTimeField(
        label=_("Planned start"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    implementer = PersonField(label=_("Implementer"))
    affected_items = ItemsField(label=_("Affected items"))

    def __init__(self, user, template, data=None):
        super().__init__(data, initial={"title": template.name, "implementer": user.pk})
        self.fields["affected_items"].read_by(user)
