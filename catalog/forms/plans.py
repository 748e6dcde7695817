"""Approval routes and tasks as their keepers write them: one small form a stage or task, in order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from catalog.plans import MAX_STAGES, MAX_TASKS
from catalog.vocabulary import Who
from tickets.services.automatic import ACTIONS
from tickets.vocabulary import ApprovalMode


class StageForm(forms.Form):
    """Who approves is one a line: `manager`, `head`, `owner`, `lead`, `role manager`, `person li.na`."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    mode = forms.ChoiceField(label=_("How it is decided"), choices=ApprovalMode.of_routes(), initial=ApprovalMode.ANY)
    percentage = forms.IntegerField(label=_("Percent"), min_value=1, max_value=100, required=False)
    who = forms.CharField(
        label=_("Approvers"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: manager, head, owner, lead, “role manager” or “person li.na”."),
    )

    def data_of(self) -> dict:
        given = self.cleaned_data
        stage = {
            "name": _both(given, "name"),
            "mode": given["mode"],
            "who": [_approver(one) for one in _lines(given["who"])],
        }
        return stage | ({"percentage": given["percentage"]} if given["percentage"] else {})


class TaskForm(forms.Form):
    key = forms.CharField(label=_("Key"), max_length=40)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    after = forms.CharField(
        label=_("Comes after"), max_length=400, required=False, help_text=_("Keys, separated by commas.")
    )
    is_mandatory = forms.BooleanField(label=_("Mandatory"), required=False, initial=True)
    automatic = forms.ChoiceField(label=_("By itself"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        teams = [(team.slug, team.name) for team in Team.objects.active()]
        self.fields["team"].choices = [("", _("The item's own team")), *teams]
        self.fields["automatic"].choices = [("", "—"), *((name, action.label) for name, action in ACTIONS.items())]

    def data_of(self) -> dict:
        given = self.cleaned_data
        return {
            "key": given["key"].strip(),
            "title": _both(given, "title"),
            "team": given["team"],
            "is_mandatory": given["is_mandatory"],
            "after": [key.strip() for key in given["after"].replace("，", ",").split(",") if key.strip()],
            "automatic": given["automatic"],
        }


_OPTIONS = {"extra": 1, "can_order": True, "can_delete": True}
StageSet = forms.formset_factory(StageForm, max_num=MAX_STAGES, **_OPTIONS)
TaskSet = forms.formset_factory(TaskForm, max_num=MAX_TASKS, **_OPTIONS)


def typed_stages(route) -> list[dict]:
    return [
        {
            "name_zh": stage["name"].get("zh", ""),
            "name_en": stage["name"].get("en", ""),
            "mode": stage["mode"],
            "percentage": stage.get("percentage"),
            "who": "\n".join(f"{one['kind']} {one.get('value', '')}".strip() for one in stage["who"]),
        }
        for stage in route
    ]


def typed_tasks(tasks) -> list[dict]:
    return [
        {
            "key": task["key"],
            "title_zh": task["title"].get("zh", ""),
            "title_en": task["title"].get("en", ""),
            "team": task.get("team", ""),
            "after": ", ".join(task.get("after", ())),
            "is_mandatory": task.get("is_mandatory", True),
            "automatic": task.get("automatic", ""),
        }
        for task in tasks
    ]


def _both(given, name) -> dict:
    return {code: given[f"{name}_{code}"].strip() for code in ("zh", "en") if given[f"{name}_{code}"].strip()}


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def _approver(line) -> dict:
    kind, _blank, value = line.partition(" ")
    return {"kind": kind, "value": value.strip()} if kind in (Who.ROLE, Who.PERSON) else {"kind": kind}
