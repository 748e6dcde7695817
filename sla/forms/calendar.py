"""The editor of a calendar: hours of the week and dated exceptions, as people type them."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation
from core import time_zones
from core.spans import split_at_midnight
from sla.engine import Retarget
from sla.selectors.hours import hours_in_words, weekday_names
from sla.services.importing import countries

MODES = [
    (Retarget.RETROACTIVE.value, _("Judge the whole time anew by the new hours")),
    (Retarget.CARRY.value, _("Keep what was counted, go on by the new hours")),
    (Retarget.RESTART.value, _("Start again from zero")),
]
INTERVAL = re.compile(r"(\d{1,2}):?(\d{2})\s*(?:[-–—~～]|至|到|to)\s*(\d{1,2}):?(\d{2})")


class HoursField(forms.CharField):
    """Intervals of a day: "09:00–12:00, 13:30–18:00"; "22:00–06:00" ends on the next date; empty is a day off."""

    def __init__(self, **options):
        options.setdefault("required", False)
        super().__init__(max_length=200, **options)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "data-hours": ""}

    def prepare_value(self, value):
        return hours_in_words(value) if isinstance(value, list) else value

    def clean(self, value):
        typed = super().clean(value).replace("：", ":")
        intervals = [[f"{int(a):02d}:{b}", f"{int(c):02d}:{d}"] for a, b, c, d in INTERVAL.findall(typed)]
        if re.sub(r"[\s,，、;；]", "", INTERVAL.sub("", typed)):
            raise forms.ValidationError(_("Hours are written like 09:00–12:00, 13:30–18:00."))
        try:
            split_at_midnight(intervals)
        except ValueError as error:
            raise forms.ValidationError(_("These are no times of a day from 00:00 to 24:00.")) from error
        return intervals


class CalendarForm(forms.Form):
    """Everything of a calendar but its dated exceptions, and what an import asks."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=120, required=False)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    slug = forms.SlugField(label=_("Short name"), max_length=50)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.all(), required=False, empty_label=_("The whole house")
    )
    zone = forms.CharField(label=_("Time zone"), max_length=50)
    valid_through = forms.DateField(
        label=_("Holidays known through"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Deadlines after this date are shown as provisional; a warning comes 60 days before."),
    )
    note = forms.CharField(label=_("What changed"), max_length=200, required=False)
    mode = forms.ChoiceField(label=_("Running clocks"), choices=MODES, initial=Retarget.RETROACTIVE.value)
    is_confirmed = forms.BooleanField(label=_("Yes, nobody works for the next 60 days."), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    first_year = forms.IntegerField(label=_("From year"), min_value=1990, max_value=2100, required=False)
    last_year = forms.IntegerField(label=_("To year"), min_value=1990, max_value=2100, required=False)
    file = forms.FileField(label=_("iCalendar file"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["country"].choices = [(code, code) for code in countries()]
        self.fields["file"].widget.attrs["accept"] = ".ics,text/calendar"
        self.fields["zone"].widget.attrs |= {"list": "zones", "autocomplete": "off", "spellcheck": "false"}
        for number, name in enumerate(weekday_names(), start=1):
            self.fields[f"day_{number}"] = HoursField(label=name)

    @property
    def week(self):
        return [self[f"day_{number}"] for number in range(1, 8)]

    def clean_zone(self):
        zone = self.cleaned_data["zone"].strip()
        if not time_zones.is_known(zone):
            raise forms.ValidationError(_("There is no such time zone. Write it like Asia/Shanghai."))
        return zone

    def clean(self):
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first and last and not first <= last <= first + 10:
            self.add_error("last_year", _("Choose up to ten years, the earlier one first."))
        if not (self.cleaned_data.get("name_zh") or self.cleaned_data.get("name_en")):
            self.add_error("name_zh", _("Give it a name in at least one language."))
        return self.cleaned_data

    @property
    def years(self) -> range:
        first = self.cleaned_data.get("first_year") or self.cleaned_data.get("last_year")
        return range(first, (self.cleaned_data.get("last_year") or first) + 1) if first else range(0)


class ExceptionForm(forms.Form):
    """One date whose hours replace the week's; no hours: a holiday."""

    on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False
    )
    hours = HoursField(
        label=pgettext_lazy("calendar", "Hours"),
        widget=forms.TextInput(attrs={"placeholder": pgettext_lazy("calendar", "closed")}),
    )
    label = forms.CharField(label=_("What it is"), max_length=60, required=False)

    def clean(self):
        data = self.cleaned_data
        if (data.get("hours") or data.get("label")) and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _("Name the date."))
        return data


class ExceptionForms(forms.BaseFormSet):
    def clean(self):
        seen = set()
        for form in self.kept():
            on = form.cleaned_data["on"]
            if on in seen:
                form.add_error("on", _("This date is listed twice."))
            seen.add(on)

    def kept(self):
        """The rows that name a date and are not to be removed."""
        filled = [form for form in self.forms if form.is_valid() and form.cleaned_data.get("on")]
        return [form for form in filled if not form.cleaned_data.get("DELETE")]


ExceptionFormSet = forms.formset_factory(
    ExceptionForm, formset=ExceptionForms, extra=3, can_delete=True, max_num=1500, absolute_max=1500, validate_max=True
)


class CalendarEditor:
    """The form and its rows of exceptions as one thing."""

    def __init__(self, data=None, files=None, *, initial=None):
        content = initial or {}
        self.form = CalendarForm(data, files, initial=content | _week_initial(content.get("weekly", {})))
        rows = [
            {"on": on, "hours": hours, "label": content.get("labels", {}).get(on, "")}
            for on, hours in sorted(content.get("exceptions", {}).items(), reverse=True)
        ]
        self.rows = ExceptionFormSet(data, initial=rows, prefix="exceptions")

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def content(self) -> dict:
        """What a version consists of, as `publish_calendar` takes it."""
        data, kept = self.form.cleaned_data, [form.cleaned_data for form in self.rows.kept()]
        kept.sort(key=lambda row: row["on"])
        return {
            "zone": data["zone"],
            "weekly": {str(n): data[f"day_{n}"] for n in range(1, 8) if data[f"day_{n}"]},
            "exceptions": {row["on"].isoformat(): row["hours"] for row in kept},
            "labels": {row["on"].isoformat(): row["label"] for row in kept if row["label"]},
            "valid_through": data["valid_through"],
        }

    @property
    def names(self) -> dict:
        return {name: self.form.cleaned_data[name] for name in ("name_zh", "name_en", "slug", "organisation")}

    def with_days(self, found) -> "CalendarEditor":
        """An editor that shows the same, with the dated exceptions of an import taken over."""
        content = self.content
        content["exceptions"] = content["exceptions"] | found.exceptions
        content["labels"] = {day: word for day, word in content["labels"].items() if day not in found.exceptions}
        content["labels"] |= found.labels
        if found.known_through:
            content["valid_through"] = max(found.known_through, content["valid_through"] or found.known_through)
        kept = ("note", "mode", "country", "first_year", "last_year")
        return CalendarEditor(initial={name: self.form.cleaned_data[name] for name in kept} | self.names | content)


def _week_initial(weekly) -> dict:
    return {f"day_{number}": weekly.get(str(number), []) for number in range(1, 8)}
