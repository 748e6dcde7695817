"""Forms of the command page, of announcements and of disturbances: shape only."""

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.forms.service_form import ServiceForm
from accounts.models import Organisation
from cmdb.models import Announcement, Outage, Service
from incidents.models import MajorIncident
from incidents.vocabulary import TEMPLATES, Audience
from portal.desk.preparing_forms import rows
from tickets.forms import TransitionForm, teams_for, workers_of


def _services(user):
    return Service.objects.visible_to(user).filter(is_active=True)


class MajorStepForm(TransitionForm):
    """One step of a major incident; what was said before is offered again."""

    def __init__(self, step, major, user, data=None):
        super().__init__(step, major.incident, user, data)
        for name, field in self.fields.items():
            field.initial = getattr(major, f"{name}_id", None) or getattr(major, name, None)
        if "bridge" in self.fields:
            self.fields["bridge"].widget = forms.TextInput()
        if "commander" in self.fields:
            self.fields["commander"].initial = major.commander_id or user.pk


class ArrangeForm(forms.ModelForm):
    class Meta:
        model = MajorIncident
        fields = ["commander", "bridge", "cadence", "extent", "services"]
        widgets = {"services": forms.CheckboxSelectMultiple}

    def __init__(self, user, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["commander"].queryset = workers_of(teams_for([instance.incident.organisation_id], user), user)
        self.fields["commander"].required = True
        self.fields["services"].queryset = _services(user)
        self.fields["services"].required = True


class UpdateForm(forms.Form):
    """News in both languages; `template` fills both in."""

    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    text_zh = forms.CharField(label=_("Text in Chinese"), max_length=4000, required=False, widget=rows(4))
    text_en = forms.CharField(label=_("Text in English"), max_length=4000, required=False, widget=rows(4))

    def __init__(self, major, data=None, *, template=""):
        super().__init__(data)
        if template in TEMPLATES:
            self.initial = {f"text_{name}": _worded(major, template, code) for name, code in _LANGUAGES.items()}


_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def _worded(major, template, language):
    """A template's words in one language, with the services and the time of the next news in the house's zone."""
    with translation.override(language):
        services = "、".join if language == "zh-hans" else ", ".join
        names = services(service.name for service in major.services.all()) or str(major.incident.service or "")
        time = timezone.localtime(major.next_update_due).strftime("%H:%M") if major.next_update_due else "—"
        return str(TEMPLATES[template][1]) % {"services": names, "time": time}


class NoteForm(forms.Form):
    text = forms.CharField(label=_("What happened?"), max_length=4000, widget=rows(2))


def _moments(*names):
    return {name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M") for name in names}


class OutageForm(ServiceForm):
    """A disturbance by hand. Times are those of the reader's zone."""

    is_full = forms.TypedChoiceField(
        label=_("How bad"),
        choices=[("1", _("Nothing worked: counts against availability")), ("", _("It worked badly"))],
        coerce=bool,
        required=False,
        empty_value=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Outage
        fields = ["service", "is_full", "from_at", "until_at", "text_zh", "text_en"]
        widgets = {"text_zh": rows(3), "text_en": rows(3), **_moments("from_at", "until_at")}
        help_texts = {"until_at": _("Empty while it lasts.")}

    def __init__(self, user, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["service"].queryset = _services(user)
        self.initial["is_full"] = "1" if instance.is_full else ""


class AnnouncementForm(ServiceForm):
    class Meta:
        model = Announcement
        fields = [
            "level", "organisation", "title_zh", "title_en", "text_zh", "text_en", "from_at", "until_at",
            "work_from", "work_until", "services",
        ]  # fmt: skip
        widgets = {
            "text_zh": rows(4),
            "text_en": rows(4),
            "services": forms.CheckboxSelectMultiple,
            **_moments("from_at", "until_at", "work_from", "work_until"),
        }
        help_texts = {
            "organisation": _("Empty: for everybody."),
            "services": _("None: it concerns everybody. Work on a service shows it as under maintenance meanwhile."),
        }

    def __init__(self, user, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["services"].queryset = _services(user)
        self.fields["organisation"].queryset = Organisation.objects.filter(is_active=True)
        if not user.sees_everything:
            served = self.fields["organisation"].queryset.filter(pk__in=user.served_organisation_ids)
            self.fields["organisation"].queryset = served
