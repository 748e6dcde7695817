"""What the simulator and the what-if replay are asked."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from cmdb.models import Service
from core import clock
from sla.models import AgreementVersion, CalendarVersion
from sla.selectors.agreements import kind_words
from sla.services.simulating import Step
from tickets import kinds
from tickets.vocabulary import PendingReason, Priority

STEPS = range(1, 5)
STEP_KINDS = [
    ("", "—"),
    ("answer", _("the desk answers")),
    ("pause", _("work waits")),
    ("resume", _("work goes on")),
    ("resolve", _("it is resolved")),
]
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _kinds():
    return [(kind, kind_words(kind)) for kind in kinds.names()]


class SimulatorForm(forms.Form):
    """Read by GET, so that a link repeats the question."""

    customer = forms.ModelChoiceField(Organisation.objects.none(), label=_("Customer"), required=False, empty_label="—")
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service"), required=False, empty_label="—")
    kind = forms.TypedChoiceField(
        label=_("Kind of ticket"), choices=_kinds, required=False, initial="incident", empty_value="incident"
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int, initial=3)
    raised_at = forms.DateTimeField(label=_("Raised at"), widget=MOMENT)
    version = forms.ModelChoiceField(
        AgreementVersion.objects.none(), label=_("Agreement"), required=False, empty_label=_("the one that applies")
    )

    def __init__(self, data, user):
        super().__init__(data or None, initial={"raised_at": timezone.localtime(clock.now())})
        self.fields["customer"].queryset = Organisation.objects.exclude(kind="supplier")
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        versions = AgreementVersion.objects.visible_to(user).select_related("agreement")
        self.fields["version"].queryset = versions.order_by("agreement__rank", "agreement_id", "-number")
        for number in STEPS:
            self.fields[f"do_{number}"] = forms.ChoiceField(label=_("Then"), choices=STEP_KINDS, required=False)
            self.fields[f"at_{number}"] = forms.DateTimeField(label=_("at"), widget=MOMENT, required=False)
            self.fields[f"why_{number}"] = forms.ChoiceField(
                label=_("because"), choices=[("", "—"), *PendingReason.choices], required=False
            )

    @property
    def rows(self):
        return [[self[f"{name}_{number}"] for name in ("do", "at", "why")] for number in STEPS]

    @property
    def steps_given(self) -> bool:
        """Whether any step was asked for, so that the rows are shown."""
        return any(self[f"do_{number}"].value() for number in STEPS)

    def clean(self):
        given = super().clean()
        last = given.get("raised_at")
        for number in STEPS:
            kind, at = given.get(f"do_{number}"), given.get(f"at_{number}")
            if kind and not at:
                self.add_error(f"at_{number}", _("When?"))
            elif kind and last and at < last:
                self.add_error(f"at_{number}", _("This lies before what happened last."))
            if kind == "pause" and not given.get(f"why_{number}"):
                self.add_error(f"why_{number}", _("Agreements decide by the reason whether a clock pauses."))
            last = at if kind and at else last
        return given

    def steps(self) -> list[Step]:
        given = self.cleaned_data
        return [
            Step(given[f"at_{number}"], given[f"do_{number}"], given[f"why_{number}"])
            for number in STEPS
            if given[f"do_{number}"]
        ]


class WhatIfForm(forms.Form):
    version = forms.ModelChoiceField(
        AgreementVersion.objects.none(), label=_("Agreement"), required=False, empty_label="—"
    )
    calendar = forms.ModelChoiceField(
        CalendarVersion.objects.none(), label=_("or calendar"), required=False, empty_label="—"
    )
    since = forms.DateField(label=_("Tickets raised from"), widget=DATE)
    until = forms.DateField(label=_("to"), widget=DATE)

    def __init__(self, data, user, *, asked=None):
        today = timezone.localdate(clock.now())
        super().__init__(data, initial={"since": today - timedelta(days=90), "until": today, "version": asked})
        versions = AgreementVersion.objects.visible_to(user).select_related("agreement")
        self.fields["version"].queryset = versions.order_by("agreement__rank", "agreement_id", "-number")
        calendars = CalendarVersion.objects.select_related("calendar").order_by("calendar__slug", "-number")
        self.fields["calendar"].queryset = calendars

    def clean(self):
        given = super().clean()
        if bool(given.get("version")) == bool(given.get("calendar")):
            self.add_error("version", _("Choose an agreement or a calendar."))
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The end lies before the beginning."))
        return given

    def period(self) -> tuple[datetime, datetime]:
        """The instants of the first and after the last day, in the reader's zone."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"] + timedelta(days=1)
        return make_aware(datetime.combine(since, time())), make_aware(datetime.combine(until, time()))
