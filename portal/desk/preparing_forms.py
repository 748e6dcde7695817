"""Forms of canned replies, ticket templates and macros."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from cmdb.models import Service
from core.errors import InvalidInput
from portal.desk.forms import SharedForm
from tickets import kinds, placeholders
from tickets.models import CannedReply, Category, Macro, PendingReason, Priority, ResolutionCode, TicketTemplate

NAMES = ["name_zh", "name_en"]
SHARING = ["audience", "team", "is_active"]


def rows(number):
    return forms.Textarea(attrs={"rows": number})


class PreparedForm(SharedForm):
    """Something prepared, with a name in at least one language."""

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("name_zh") or cleaned.get("name_en")):
            self.add_error("name_zh", _("Give it a name in at least one language."))
        return cleaned

    def values(self) -> dict:
        """What `tickets.keep` stores."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class CannedReplyForm(PreparedForm):
    class Meta:
        model = CannedReply
        fields = [*NAMES, "shortcut", "body_zh", "body_en", *SHARING]
        widgets = {"body_zh": rows(4), "body_en": rows(4)}
        help_texts = {"shortcut": _("What you type after :: in an answer.")}

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("body_zh") or cleaned.get("body_en")):
            self.add_error("body_zh", _("Write the text in at least one language."))
        return cleaned


class TicketTemplateForm(PreparedForm):
    class Meta:
        model = TicketTemplate
        fields = [
            *NAMES, "title", "description", "service", "category", "impact", "urgency", "checklist", "solution",
            *SHARING,
        ]  # fmt: skip
        widgets = {"description": rows(3), "checklist": rows(4), "solution": rows(3)}
        help_texts = {
            "checklist": _("One step a line; ! before a step makes it mandatory."),
            "solution": _("What is usually written when it is solved; for “Create and resolve”."),
        }

    def __init__(self, user, data=None, **kwargs):
        super().__init__(user, data, **kwargs)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)


def steps():
    """(name, label) of every step that people take in any workflow, each name once."""
    taken = [step for workflow in kinds.all_workflows() for step in workflow.transitions if not step.is_system]
    return list({step.name: step.label for step in taken}.items())


def step_called(name):
    """The first kind's transition of this name: kinds share names where they mean the same."""
    return next(step for workflow in kinds.all_workflows() if (step := workflow.find(name)) is not None)


class MacroForm(PreparedForm):
    """What a macro does, in the order in which it does it: properties, tags, words, one step of the workflow."""

    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=[("", "—"), *Priority.choices], coerce=int, empty_value=None, required=False
    )
    priority_reason = forms.CharField(label=_("Reason for the priority"), max_length=200, required=False)
    category = forms.ModelChoiceField(Category.objects.filter(is_active=True), label=_("Category"), required=False)
    service = forms.ModelChoiceField(None, label=_("Service"), required=False)
    tags = forms.CharField(label=_("Tags"), max_length=200, required=False, help_text=_("Separated by blanks."))
    words_zh = forms.CharField(label=_("Text in Chinese"), max_length=10_000, required=False, widget=rows(4))
    words_en = forms.CharField(label=_("Text in English"), max_length=10_000, required=False, widget=rows(4))
    words_as = forms.ChoiceField(
        label=_("This text is"),
        choices=[
            ("reply", _("a public reply")),
            ("note", _("an internal note")),
            ("step", _("the words of the step: its resolution, reason or note")),
        ],
        initial="reply",
    )
    step = forms.ChoiceField(label=_("Step"), required=False)
    to_team = forms.ModelChoiceField(None, label=_("To the team"), required=False)
    to_person = forms.ModelChoiceField(None, label=_("To the person"), required=False)
    pending_reason = forms.ChoiceField(
        label=_("Waiting for"), choices=[("", "—"), *PendingReason.choices], required=False
    )
    resolution_code = forms.ChoiceField(
        label=_("How it was resolved"), choices=[("", "—"), *ResolutionCode.choices], required=False
    )

    class Meta:
        model = Macro
        fields = [*NAMES, *SHARING]

    def __init__(self, user, data=None, **kwargs):
        instance = kwargs.get("instance")
        kwargs["initial"] = _initial_of(instance.acts if instance else ()) | kwargs.get("initial", {})
        super().__init__(user, data, **kwargs)
        self.fields["service"].queryset = Service.objects.visible_to(user).filter(is_active=True)
        self.fields["to_team"].queryset = Team.objects.visible_to(user).active()
        self.fields["to_person"].queryset = User.objects.visible_to(user).active().filter(memberships__isnull=False)
        self.fields["to_person"].queryset = self.fields["to_person"].queryset.distinct()
        self.fields["step"].choices = [("", "—"), *steps()]

    def clean(self):
        cleaned = super().clean()
        for name in ("words_zh", "words_en"):
            try:
                placeholders.check(name, cleaned.get(name))
            except InvalidInput as refusal:
                self.add_error(name, refusal.fields[name])
        if cleaned.get("step") and not self.errors:
            self._check_step(step_called(cleaned["step"]))
        if not self.errors and not self.acts():
            self.add_error(None, _("A macro does at least one thing."))
        return cleaned

    def values(self):
        return super().values() | {"acts": self.acts()}

    def acts(self) -> list[dict]:
        given = self.cleaned_data
        acts, words = [], {"zh": given["words_zh"], "en": given["words_en"]}
        edits = ("priority", "priority_reason", "category", "service")
        changes = {name: getattr(given[name], "pk", given[name]) for name in edits if given[name]}
        if changes:
            acts.append({"do": "edit", "changes": changes})
        if tags := given["tags"].replace("，", " ").replace(",", " ").split():
            acts.append({"do": "tag", "add": tags})
        if any(words.values()) and given["words_as"] != "step":
            acts.append({"do": "say", "is_internal": given["words_as"] == "note", "words": words})
        if given["step"]:
            step = step_called(given["step"])
            act = {"do": "take", "name": step.name, "values": self._values_of(step)}
            if given["words_as"] == "step" and any(words.values()):
                act |= {"words": words, "into": _words_of(step).name}
            acts.append(act)
        return acts

    def _values_of(self, step):
        inputs = {"team": "to_team", "assignee": "to_person"}
        names = [field.name for field in step.fields if field.name in (*inputs, "pending_reason", "resolution_code")]
        given = {name: self.cleaned_data[inputs.get(name, name)] for name in names}
        return {name: getattr(value, "pk", value) for name, value in given.items() if value}

    def _check_step(self, step):
        """Everything the step asks for is here, so that the macro does not fail on every ticket."""
        given, words = self._values_of(step), _words_of(step)
        spoken = self.cleaned_data["words_zh"] or self.cleaned_data["words_en"]
        is_spoken = self.cleaned_data["words_as"] == "step" and spoken
        for field in step.fields:
            if field.required and field.name not in given and not (field is words and is_spoken):
                names = {"step": step.label, "field": field.label}
                self.add_error("step", _("“%(step)s” also needs: %(field)s.") % names)
        if is_spoken and words is None:
            self.add_error("words_as", _("“%(step)s” takes no text.") % {"step": step.label})


def _words_of(step):
    """The text field of a step that a macro's words go into: the one it insists on, else its first."""
    texts = [field for field in step.fields if field.kind == "text"]
    return next((field for field in texts if field.required), texts[0] if texts else None)


def _initial_of(acts) -> dict:
    """The form's values for stored acts."""
    initial = {}
    for act in acts:
        words = act.get("words") or {}
        if words:
            initial |= {"words_zh": words["zh"], "words_en": words["en"]}
        match act["do"]:
            case "edit":
                initial |= act["changes"]
            case "tag":
                initial["tags"] = " ".join(act["add"])
            case "say":
                initial["words_as"] = "note" if act["is_internal"] else "reply"
            case "take":
                values = dict(act["values"])
                initial |= {"step": act["name"], "to_team": values.pop("team", None)}
                initial |= {"to_person": values.pop("assignee", None), **values}
                if words:
                    initial["words_as"] = "step"
    return initial
