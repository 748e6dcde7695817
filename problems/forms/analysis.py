"""Forms of the workbench: beginning an analysis, its outline, and what hangs on one cause."""

from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.service_form import PersonField, ServiceForm
from cmdb.models import ConfigurationItem
from core.text import clean_text
from problems.causes import Method, Tree, outline
from problems.causes.outline import Row
from problems.causes.reading import MOST_BYTES
from problems.causes.tree import LONGEST_NOTE, LONGEST_TEXT, MOST_NODES, EvidenceKind, State
from problems.models import AnalysisTemplate
from problems.selectors.analysis import OF_TICKETS, templates
from tickets.models import Attachment, Ticket

ACTS = {
    "indent": outline.indented,
    "outdent": outline.outdented,
    "up": lambda rows, at: outline.moved(rows, at, -1),
    "down": lambda rows, at: outline.moved(rows, at, 1),
    "add": outline.added,
    "remove": outline.removed,
}


@dataclass
class Outline:
    """A posted outline: its rows, the version it was read from, and what is wrong with a row, by its place."""

    rows: list[Row]
    head: str
    version: int
    faults: dict[int, str]

    def acted(self, act, at) -> "Outline":
        """With what a button of the row `at` does; nothing is saved by it."""
        return replace(self, rows=outline.settled(ACTS[act](self.rows, at)))


def outline_of(tree: Tree, version) -> Outline:
    return Outline(outline.rows_of(tree), tree.head, version, {})


def outline_in(data) -> Outline:
    """The outline in posted data. Fields of a row stand beside each other: `row` is "id:depth", `text`, `state`."""
    rows, faults = [], {}
    given = zip(data.getlist("row"), data.getlist("text"), data.getlist("state"), strict=False)
    for place, text, state in list(given)[: MOST_NODES + 1]:
        key, _colon, depth = place.partition(":")
        depth = int(depth) if depth.isascii() and depth.isdecimal() and len(depth) < 3 else 0
        text = " ".join(clean_text(text).split())
        rows.append(Row(key[:40], depth, text, state if state in State.values else State.SUSPECTED))
        if key and not text:
            faults[len(rows) - 1] = _("Say what the cause is, or remove the row.")
        elif len(text) > LONGEST_TEXT:
            message = _("At most %(limit)s characters; this has %(length)s.")
            faults[len(rows) - 1] = message % {"limit": LONGEST_TEXT, "length": len(text)}
    version = data.get("version", "")
    version = int(version) if version.isascii() and version.isdecimal() and len(version) < 9 else 0
    return Outline(outline.settled(rows), clean_text(data.get("head", "")), version, faults)


class BeginForm(forms.Form):
    start = forms.ChoiceField(label=gettext_lazy("Begin with"))
    head = forms.CharField(
        label=gettext_lazy("What is to be explained"), max_length=LONGEST_TEXT, required=False,
        help_text=gettext_lazy("Empty: the title of the problem."),
    )  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.templates = {str(template.pk): template for template in templates()}
        empty = [(method.value, _("Empty: %(method)s") % {"method": method.label}) for method in Method]
        self.fields["start"].choices = [(key, template.name) for key, template in self.templates.items()] + empty

    def values(self) -> dict:
        start = self.cleaned_data["start"]
        template = self.templates.get(start)
        method = template.method if template else start
        return {"template": template, "method": method, "head": self.cleaned_data["head"]}


class RemoveForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it removed?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stays in the history and can be brought back. Its tasks stay as they are."),
    )  # fmt: skip


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of an analysis (JSON)"),
        help_text=gettext_lazy("As it was exported here, from this problem or another."),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return upload.read(MOST_BYTES + 1)


class NoteForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**8)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class EvidenceForm(forms.Form):
    """What speaks for or against a cause; a ticket, an item or a file must be one that the writer sees."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of evidence"), choices=EvidenceKind.choices)
    ref = forms.CharField(
        label=gettext_lazy("Reference of the evidence"), max_length=LONGEST_TEXT, required=False,
        widget=forms.TextInput(attrs={"list": "evidence-known", "autocomplete": "off"}),
        help_text=gettext_lazy("Number of a ticket or change, name of an item, file or metric."),
    )  # fmt: skip
    text = forms.CharField(label=gettext_lazy("What it says about the cause"), max_length=LONGEST_TEXT, required=False)

    def __init__(self, user, problem, *args, **options):
        super().__init__(*args, **options)
        self.user, self.problem = user, problem

    def clean(self):
        given = super().clean()
        kind, ref = given.get("kind"), given.get("ref", "")
        if kind in OF_TICKETS:
            seen = Ticket.objects.visible_to(self.user)
            tickets = seen.filter(kind="change") if kind == EvidenceKind.CHANGE else seen
            self._found(tickets.filter(number=ref.upper()), "number", _("There is no such ticket that you can see."))
        elif kind == EvidenceKind.ITEM:
            items = ConfigurationItem.objects.visible_to(self.user)
            named = items.filter(slug=ref) | items.filter(name_zh=ref) | items.filter(name_en__iexact=ref)
            self._found(named, "slug", _("There is no such item that you can see."))
        elif kind == EvidenceKind.FILE:
            files = Attachment.objects.visible_to(self.user).filter(ticket=self.problem.pk, name=ref)
            self._found(files, "name", _("The problem has no such file. Attach it in its conversation first."))
        elif not ref and not given.get("text"):
            self.add_error("text", _("Say what the evidence is."))
        return given

    def _found(self, rows, name, message):
        one = rows.first() if self.cleaned_data.get("ref") else None
        if one is None:
            self.add_error("ref", message)
        else:
            self.cleaned_data["ref"] = getattr(one, name)


class ActionForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    owner = PersonField(label=gettext_lazy("Owner"))
    due = forms.DateField(
        label=gettext_lazy("Due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class TemplateForm(ServiceForm):
    class Meta:
        model = AnalysisTemplate
        fields = ["name_zh", "name_en", "method", "outline_zh", "outline_en", "is_active"]
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("outline_zh", "outline_en")}
        help_texts = {"outline_zh": gettext_lazy("One cause a line, two blanks or a tab for each level.")}
