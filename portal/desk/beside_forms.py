"""Forms of what is done to a ticket beside its life cycle: macro, tags, steps, minutes, snooze."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from tickets.models import Macro
from tickets.models.work import MOST_MINUTES

MORNING = time(9)


class MacroChoiceForm(forms.Form):
    """Macros by name; typing the first letters chooses, Enter runs it."""

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)
        offered = Macro.objects.visible_to(user).filter(is_active=True)
        self.fields["macro"] = forms.ModelChoiceField(
            offered, label=_("Macro"), empty_label=None, initial=offered.first(),
            widget=forms.Select(attrs={"size": 8, "autofocus": True, "data-enter-sends": True}),
            error_messages={"required": _("There are no macros yet. Make one under “Prepared work”.")},
        )  # fmt: skip


class TagsForm(forms.Form):
    add = forms.CharField(
        label=_("Tags"), max_length=300, required=False, help_text=_("Separated by blanks."),
        widget=forms.TextInput(attrs={"list": "known-tags", "autocomplete": "off"}),
    )  # fmt: skip
    remove = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)

    def clean_add(self):
        return self.cleaned_data["add"].replace("，", " ").replace(",", " ").split()


class StepsForm(forms.Form):
    text = forms.CharField(
        label=_("Steps"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One step a line; ! before a step makes it mandatory."),
    )  # fmt: skip

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)


class TimeForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)
    note = forms.CharField(label=_("What for"), max_length=200, required=False)

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)


class SnoozeForm(forms.Form):
    """Until when, in the person's own time zone; `cleaned_data["until"]` is the instant."""

    choice = forms.ChoiceField(
        label=_("Show it again"),
        choices=[
            ("hour", _("in an hour")),
            ("hours", _("in 4 hours")),
            ("tomorrow", _("tomorrow at 9:00")),
            ("monday", _("on Monday at 9:00")),
            ("at", _("at this time:")),
        ],
    )
    at = forms.DateTimeField(
        label=_("Time"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, user, data=None, **kwargs):
        super().__init__(data, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("choice") == "at" and not cleaned.get("at"):
            self.add_error("at", _("Give a time."))
        elif not self.errors:
            cleaned["until"] = self._instant(cleaned["choice"], cleaned.get("at"))
        return cleaned

    def _instant(self, choice, at):
        if choice == "at":
            return at
        now = timezone.localtime(clock.now())
        if choice in ("hour", "hours"):
            return now + timedelta(hours=1 if choice == "hour" else 4)
        days = 1 if choice == "tomorrow" else 7 - now.weekday()
        return datetime.combine(now.date() + timedelta(days=days), MORNING, now.tzinfo)
