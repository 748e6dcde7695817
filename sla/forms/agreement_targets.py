"""The targets of one kind of ticket: a length of business time and a calendar for each metric and priority."""

import re
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sla import durations
from sla.models import Calendar, Target
from sla.models.agreement import default_thresholds
from sla.selectors.agreements import ordinary_days
from sla.vocabulary import REOPEN_WORDS, RETARGET_WORDS
from tickets.vocabulary import PendingReason, Priority

CHECKBOXES = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
SETTINGS = ("pausing_reasons", "thresholds", "on_retarget", "on_reopen", "team_mode")


class Block(NamedTuple):
    """One metric of the form: (priority, (length, calendar)) rows, and the rules that hold for all of them.

    A metric that promises nothing is folded away until somebody wants it.
    """

    label: str
    rows: list[tuple[str, tuple[BoundField, BoundField]]]
    settings: list[BoundField]

    @property
    def is_open(self) -> bool:
        return self.has_errors or any(length.value() for _label, (length, _calendar) in self.rows)

    @property
    def has_errors(self) -> bool:
        return self.has_wrong_settings or any(field.errors for _label, cells in self.rows for field in cells)

    @property
    def has_wrong_settings(self) -> bool:
        return any(field.errors for field in self.settings)


class TargetsForm(forms.Form):
    based_on = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data=None, *, version, kind, based_on=""):
        super().__init__(data, initial={"based_on": based_on})
        self.version = version
        self.targets = {(target.metric, target.priority): target for target in version.targets.filter(kind=kind)}
        self.days = ordinary_days(self.targets.values())
        self.calendars = Calendar.objects.all()
        for metric in Target.Metric:
            for priority in Priority:
                self._add_cell(metric, priority)
            self._add_settings(metric)

    def _add_cell(self, metric, priority):
        target = self.targets.get((metric.value, priority.value))
        name = f"{metric}_{priority.value}"
        day = self.days.get(target.calendar_id) if target else None
        self.fields[name] = forms.CharField(
            label=f"{metric.label} {priority.label}", required=False, max_length=40,
            initial=durations.compact(target.seconds, day=day) if target else "",
        )  # fmt: skip
        self.fields[f"{name}_calendar"] = forms.ModelChoiceField(
            label=_("Calendar of %(cell)s") % {"cell": f"{metric.label} {priority.label}"},
            queryset=self.calendars, required=False, initial=target.calendar_id if target else None,
        )  # fmt: skip

    def _add_settings(self, metric):
        """Rules that the engine takes once for each metric."""
        known = next((target for (m, _p), target in self.targets.items() if m == metric), None)
        known = known or Target(pausing_reasons=["caller"], on_reopen="final" if metric == "response" else "resume")
        self.fields[f"{metric}_pausing_reasons"] = forms.MultipleChoiceField(
            label=_("Pauses while pending because"), choices=PendingReason.choices, required=False, widget=CHECKBOXES,
            initial=known.pausing_reasons,
        )  # fmt: skip
        self.fields[f"{metric}_thresholds"] = forms.CharField(
            label=_("Warn at percent of the target"), required=False, max_length=60,
            initial=", ".join(map(str, known.thresholds or default_thresholds())),
        )  # fmt: skip
        self.fields[f"{metric}_on_retarget"] = forms.ChoiceField(
            label=_("When the priority or the terms change"),
            choices=list(RETARGET_WORDS.items()),
            initial=known.on_retarget,
        )
        self.fields[f"{metric}_on_reopen"] = forms.ChoiceField(
            label=_("When the ticket is reopened"), choices=list(REOPEN_WORDS.items()), initial=known.on_reopen
        )
        if self.version.agreement.kind != "sla":
            self.fields[f"{metric}_team_mode"] = forms.ChoiceField(
                label=_("What is measured"), choices=Target.TeamMode.choices, initial=known.team_mode
            )

    def blocks(self) -> list[Block]:
        return [
            Block(
                label=str(metric.label),
                rows=[
                    (priority.label, (self[f"{metric}_{priority.value}"], self[f"{metric}_{priority.value}_calendar"]))
                    for priority in Priority
                ],
                settings=[self[f"{metric}_{name}"] for name in SETTINGS if f"{metric}_{name}" in self.fields],
            )
            for metric in Target.Metric
        ]

    def clean(self):
        """Parse every length by the ordinary day of its own calendar."""
        given = super().clean()
        self.rows = []
        chosen = [
            Target(calendar=calendar) for name, calendar in given.items() if name.endswith("_calendar") and calendar
        ]
        days = ordinary_days(chosen)
        for metric in Target.Metric:
            settings = {name: given[f"{metric}_{name}"] for name in SETTINGS if f"{metric}_{name}" in given}
            settings["thresholds"] = self._percents(f"{metric}_thresholds")
            for priority in Priority:
                name = f"{metric}_{priority.value}"
                text, calendar = given.get(name, "").strip(), given.get(f"{name}_calendar")
                if text and calendar is None:
                    self.add_error(f"{name}_calendar", _("By which calendar does it count?"))
                elif text:
                    seconds = self._seconds(name, text, days.get(calendar.pk))
                    row = {"metric": metric.value, "priority": priority.value, "seconds": seconds}
                    self.rows.append(row | settings | {"calendar": calendar})
        return given

    def _seconds(self, name, text, day):
        try:
            return durations.parse(text, day=day)
        except ValueError as error:
            self.add_error(name, str(error))

    def _percents(self, name):
        text = self.cleaned_data.get(name, "")
        parts = [part for part in re.split(r"[\s,，、;%]+", text) if part]
        if any(not part.isascii() or not part.isdigit() or not 1 <= int(part[:6]) <= 1000 for part in parts):
            self.add_error(name, _("Write whole percents between 1 and 1000, separated by commas."))
            return []
        return sorted({*map(int, parts), 100})
