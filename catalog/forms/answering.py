"""A published form as inputs on a page, and what was typed into them as answers."""

import json
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from catalog import form_engine
from catalog.selectors.answers import said
from catalog.vocabulary import FieldKind
from cmdb.models import ConfigurationItem

PREFIX = "a"
FEW_CHOICES = 6
BLANK_ROWS = 2


@dataclass
class Input:
    """One field on the page. `shows_if` is what the portal's script reads; tables have `columns` and `rows` of
    (name, value, column), files that lie there already are `kept`."""

    bound: object
    kind: str
    unit: str = ""
    is_shown: bool = True
    shows_if: str = ""
    needed_if: str = ""
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    kept: list = field(default_factory=list)


class AnswerForm(forms.Form):
    """Inputs named `a-<key>`. It takes anything; `answers()` and `uploads()` are what `catalog.services` judges.

    `posted` (a QueryDict) fills it in, `files` came with it. `requester` is whose items are offered.
    """

    # A browser would not send a form in which a hidden field is required.
    use_required_attribute = False

    def __init__(self, definition, *, user, requester=None, posted=None, files=None):
        super().__init__(posted, prefix=PREFIX)
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}
        self.definition, self.user, self.requester = definition, user, requester or user
        self.sent_files = files or MultiValueDict()
        for one in definition["fields"]:
            self.fields[one["key"]] = self._field(one)

    def _field(self, one):
        made = _FIELDS.get(one["kind"], forms.CharField)
        is_required = bool(one.get("required"))
        return made(
            label=said(one["label"]), help_text=said(one.get("help")), required=is_required, **self._options(one)
        )

    def _options(self, one) -> dict:
        match one["kind"]:
            case FieldKind.LONG_TEXT:
                return {"widget": forms.Textarea(attrs={"rows": 4})}
            case FieldKind.NUMBER:
                bounds = {name: one[name] for name in ("min", "max") if one.get(name) is not None}
                return {"widget": forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", **bounds})}
            case FieldKind.DATE:
                return {"widget": forms.DateInput(attrs={"type": "date"})}
            case FieldKind.DATETIME:
                return {"widget": forms.DateTimeInput(attrs={"type": "datetime-local"})}
            case FieldKind.CHOICE:
                choices = [(choice["value"], said(choice["label"])) for choice in one["choices"]]
                if len(choices) <= FEW_CHOICES:
                    widget = forms.RadioSelect(attrs={"class": "form-check-input"})
                    return {"choices": choices, "widget": widget}
                return {"choices": [("", "—"), *choices]}
            case FieldKind.MULTI_CHOICE:
                widget = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
                return {"choices": [(c["value"], said(c["label"])) for c in one["choices"]], "widget": widget}
            case FieldKind.PERSON:
                return {"widget": forms.TextInput(attrs={"list": f"people-{one['key']}", "autocomplete": "off"})}
            case FieldKind.ITEM:
                own = ConfigurationItem.objects.of(self.requester).filter(is_active=True)[:200]
                return {"choices": [("", "—"), *((item.slug, item.name) for item in own)]}
        return {}

    def inputs(self) -> list[Input]:
        """The fields in order, with what shows now."""
        shown = form_engine.visible_keys(self.definition, self.answers())
        return [self._input(one, one["key"] in shown) for one in self.definition["fields"]]

    def _input(self, one, is_shown) -> Input:
        key = one["key"]
        made = Input(
            bound=self[key],
            kind=one["kind"],
            unit=one.get("unit", ""),
            is_shown=is_shown,
            shows_if=json.dumps(one["visible_if"]) if one.get("visible_if") else "",
            needed_if=json.dumps(one["required_if"]) if one.get("required_if") else "",
        )
        if one["kind"] == FieldKind.TABLE:
            made.columns = [{**column, "words": said(column["label"])} for column in one["columns"]]
            made.rows = self._rows(one, made.columns)
        if one["kind"] == FieldKind.ATTACHMENT:
            made.kept = self.data.getlist(f"{PREFIX}-{key}-kept") if self.is_bound else []
        return made

    def _rows(self, one, columns):
        given = self._table(one) or []
        count = min(len(given) + BLANK_ROWS, one.get("max_rows", 20))
        return [
            [
                (f"{PREFIX}-{one['key']}-{row}-{column['key']}", given[row].get(column["key"], ""), column)
                if row < len(given)
                else (f"{PREFIX}-{one['key']}-{row}-{column['key']}", "", column)
                for column in columns
            ]
            for row in range(count)
        ]

    def answers(self) -> dict:
        """What was typed, by field, without what was left empty; names of people as their logins."""
        if not self.is_bound:
            return {}
        given = {one["key"]: self._answer(one) for one in self.definition["fields"]}
        return {key: value for key, value in given.items() if value not in (None, "", [])}

    def _answer(self, one):
        name = f"{PREFIX}-{one['key']}"
        match one["kind"]:
            case FieldKind.MULTI_CHOICE:
                return self.data.getlist(name)
            case FieldKind.TABLE:
                return self._table(one)
            case FieldKind.ATTACHMENT:
                sent = [upload.name for upload in self.sent_files.getlist(name)]
                return self.data.getlist(f"{name}-kept") + sent
            case FieldKind.CONSENT:
                return name in self.data
            case FieldKind.PERSON:
                return self._login(self.data.get(name, ""))
        return self.data.get(name)

    def _table(self, one) -> list[dict]:
        """The rows that hold anything, in order; more than the table takes are counted, so that they are refused."""
        keys = [column["key"] for column in one["columns"]]
        limit = one.get("max_rows", 20) + 1
        rows = []
        for row in range(limit if self.is_bound else 0):
            read = {key: self.data.get(f"{PREFIX}-{one['key']}-{row}-{key}", "") for key in keys}
            if any(read.values()):
                rows.append({key: value for key, value in read.items() if value})
        return rows

    def _login(self, text) -> str:
        if not text.strip():
            return ""
        found = User.objects.visible_to(self.user).active().meant_by(text[:120])
        return found[0].username if len(found) == 1 else text

    def uploads(self) -> dict:
        """{field: files} as they came."""
        keys = [one["key"] for one in self.definition["fields"] if one["kind"] == FieldKind.ATTACHMENT]
        sent = {key: self.sent_files.getlist(f"{PREFIX}-{key}") for key in keys}
        return {key: files for key, files in sent.items() if files}

    def show(self, problems) -> None:
        """Put problems of `catalog.services` at their fields; those of no field of the form go to the top."""
        for key, messages in problems.items():
            self.add_error(key if key in self.fields else None, messages)


_FIELDS = {
    FieldKind.CHOICE: forms.ChoiceField,
    FieldKind.MULTI_CHOICE: forms.MultipleChoiceField,
    FieldKind.ITEM: forms.ChoiceField,
    FieldKind.CONSENT: forms.BooleanField,
}


def typed_from(definition, values) -> QueryDict:
    """Kept answers as somebody would have typed them, to fill a form in again."""
    typed = QueryDict(mutable=True)
    for one in definition["fields"]:
        name, value = f"{PREFIX}-{one['key']}", values.get(one["key"])
        if value in (None, "", [], False):
            continue
        match one["kind"]:
            case FieldKind.MULTI_CHOICE:
                typed.setlist(name, value)
            case FieldKind.ATTACHMENT:
                typed.setlist(f"{name}-kept", value)
            case FieldKind.TABLE:
                for row, cells in enumerate(value):
                    for key, cell in cells.items():
                        typed[f"{name}-{row}-{key}"] = str(cell)
            case FieldKind.DATETIME:
                typed[name] = value[:16]
            case _:
                typed[name] = "on" if value is True else str(value)
    return typed


def restored(posted) -> QueryDict:
    """A draft's inputs as they were posted."""
    typed = QueryDict(mutable=True)
    for name, values in posted.items():
        typed.setlist(name, values)
    return typed
