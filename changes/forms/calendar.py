"""Maintenance windows and freezes as the change manager types them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import Team
from accounts.rules import STAFF_ROLES, Role
from changes.models import CalendarFeed, Freeze, MaintenanceWindow
from changes.recurrence import DAYS, REPEATS, WEEKS, choices_of, rule_of
from cmdb.forms.picking import ItemsField
from cmdb.models import ItemClass, Service


class WindowForm(ServiceForm):
    hours = forms.DecimalField(
        label=_("Hours open"), min_value=0.25, max_value=168, decimal_places=2, initial=4,
        widget=forms.NumberInput(attrs={"step": "0.25"}),
    )  # fmt: skip
    repeats = forms.ChoiceField(label=_("Repeats"), choices=REPEATS, initial="weekly", widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"), choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    weeks = forms.MultipleChoiceField(
        label=_("Weeks of the month"), choices=WEEKS, required=False, widget=forms.CheckboxSelectMultiple
    )
    services = forms.ModelMultipleChoiceField(
        label=_("Services"), queryset=Service.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What takes a service down must fit its windows, unless it has windows of its own."),
    )  # fmt: skip
    items = ItemsField(label=_("Items"))

    class Meta:
        model = MaintenanceWindow
        fields = [
            "name_zh", "name_en", "from_on", "opens_at", "hours", "zone", "repeats", "weekdays", "weeks", "rule",
            "until_on", "services", "items", "classes",
        ]  # fmt: skip
        widgets = {
            **{name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("from_on", "until_on")},
            "opens_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
            "classes": forms.CheckboxSelectMultiple,
        }
        labels = {"rule": _("Rule")}
        help_texts = {
            "rule": _("Like FREQ=MONTHLY;BYMONTHDAY=1; only when it repeats by a rule."),
            "until_on": _("Empty: it goes on."),
            "opens_at": _("On the clock of the time zone, summer and winter."),
        }

    def __init__(self, user, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["services"].queryset = offered(user)
        held = list(instance.items.select_related("item_class").order_by("slug")) if instance.pk else []
        offered_here = set(self.fields["services"].queryset.values_list("pk", flat=True))
        self.fields["items"].read_by(user, [one for one in held if one.pk not in offered_here])
        self.initial["items"] = self.fields["items"].initial
        if instance.pk:
            self.initial |= {
                "hours": instance.lasts_for / 60,
                "services": [one.pk for one in held if one.pk in offered_here],
                "rule": "",
                **choices_of(instance.rule),
            }

    def clean(self):
        given = self.cleaned_data
        repeats, weekdays, weeks = (given.get(name) for name in ("repeats", "weekdays", "weeks"))
        if repeats in ("weekly", "monthly") and not weekdays:
            self.add_error("weekdays", _("Choose at least one."))
        if repeats == "monthly" and not weeks:
            self.add_error("weeks", _("Choose at least one."))
        if repeats == "rule" and not given.get("rule"):
            self.add_error("rule", _("Write it like FREQ=MONTHLY;BYDAY=1SU."))
        return given

    def values(self) -> dict:
        """What `keep_window` takes."""
        given = self.cleaned_data
        same = ("name_zh", "name_en", "from_on", "opens_at", "zone", "until_on", "classes")
        return {name: given[name] for name in same} | {
            "lasts_for": round(given["hours"] * 60),
            "rule": rule_of(given["repeats"], given["weekdays"], given["weeks"], given["rule"]),
            "items": [*given["services"], *given["items"]],
        }


class FreezeForm(ServiceForm):
    excepted_roles = forms.MultipleChoiceField(
        label=_("Except for implementers who are"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(role, role.label) for role in Role if role in STAFF_ROLES],
    )  # fmt: skip

    class Meta:
        model = Freeze
        fields = [
            "name_zh", "name_en", "reason", "from_at", "until_at", "scope", "services", "classes", "teams",
            "excepted_roles",
        ]  # fmt: skip
        widgets = {
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
                for name in ("from_at", "until_at")
            },
            "scope": forms.RadioSelect,
            **dict.fromkeys(("services", "classes", "teams"), forms.CheckboxSelectMultiple),
        }
        help_texts = {"services": _("Everything that a service rests on is frozen with it.")}

    def __init__(self, user, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["services"].queryset = offered(user)
        self.fields["classes"].queryset = ItemClass.objects.all()
        self.fields["teams"].queryset = Team.objects.visible_to(user).active()

    def values(self) -> dict:
        """What `keep_freeze` takes."""
        return self.cleaned_data


class CalendarForm(forms.Form):
    """What the calendar is narrowed to."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("All"))
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=Service.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, user, data):
        super().__init__(data)
        self.fields["team"].queryset = Team.objects.visible_to(user).active()
        self.fields["service"].queryset = offered(user)

    def asked(self) -> dict:
        """The ids asked for; what cannot be read counts as not asked."""
        self.is_valid()
        return {name: row.pk for name, row in self.cleaned_data.items() if row}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A refusal needs one."),
    )  # fmt: skip


class FeedForm(forms.Form):
    content = forms.ChoiceField(
        label=_("What it shows"), choices=CalendarFeed.Content.choices, initial="mine", widget=forms.RadioSelect
    )


def offered(user):
    return Service.objects.visible_to(user).filter(is_active=True)
