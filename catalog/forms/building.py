"""One field of a form as its builder writes it, and back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.form_engine.conditions import number as as_number
from catalog.form_engine.defining import MAX_CONDITIONS
from catalog.vocabulary import CELL_KINDS, FieldKind, Test

LINES = forms.Textarea(attrs={"rows": 4})
# (in the definition, in the form, how it begins)
CONDITIONS = (("visible_if", "shows", _("Shows only if")), ("required_if", "needed", _("Required if")))


class FieldForm(forms.Form):
    """Choices are lines `value | 中文 | English`, columns `key | kind | 中文 | English`.

    Conditions must all hold. There is always room for one more; emptying its field takes a condition away.
    """

    key = forms.CharField(label=_("Key"), max_length=40, help_text=_("Small letters, digits and underscores."))
    kind = forms.ChoiceField(label=_("Kind"), choices=FieldKind.choices)
    label_zh = forms.CharField(label=_("Label in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Label in English"), max_length=200, required=False)
    help_zh = forms.CharField(label=_("Help in Chinese"), max_length=500, required=False)
    help_en = forms.CharField(label=_("Help in English"), max_length=500, required=False)
    required = forms.BooleanField(label=_("Always required"), required=False)
    choices = forms.CharField(
        label=_("Choices (a line each: value | Chinese | English)"), max_length=20_000, required=False, widget=LINES
    )
    min = forms.CharField(label=_("Smallest"), max_length=20, required=False)
    max = forms.CharField(label=_("Largest"), max_length=20, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    columns = forms.CharField(
        label=_("Columns (a line each: key | kind | Chinese | English)"),
        max_length=20_000,
        required=False,
        widget=LINES,
    )
    max_rows = forms.IntegerField(label=_("Rows at most"), min_value=1, max_value=200, required=False)

    def __init__(self, data=None, *, field=None, others=(), **options):
        super().__init__(data, initial=_typed(field) if field else None, **options)
        self.field = field or {}
        keys = [("", "—"), *((key, key) for key in others)]
        for name, prefix, label in CONDITIONS:
            for number in self._places(name):
                asked = {
                    "field": forms.CharField(
                        label=label if number == 0 else _("and only if"), max_length=40, required=False,
                        widget=forms.Select(choices=keys),
                    ),
                    "test": forms.ChoiceField(label=_("Test"), choices=Test.choices, required=False),
                    "value": forms.CharField(label=_("Value"), max_length=200, required=False),
                }  # fmt: skip
                self.fields |= {f"{prefix}_{part}_{number}": field for part, field in asked.items()}

    def _places(self, name) -> range:
        """For the conditions there are, and for one more."""
        return range(min(len(self.field.get(name) or ()) + 1, MAX_CONDITIONS))

    def definition(self) -> dict:
        """The field as a definition says it; whether it makes sense is for `form_engine.problems_of`."""
        given = self.cleaned_data
        field = {"key": given["key"].strip(), "kind": given["kind"], "label": _both(given, "label")}
        if help_text := _both(given, "help"):
            field["help"] = help_text
        if given["required"]:
            field["required"] = True
        match field["kind"]:
            case FieldKind.CHOICE | FieldKind.MULTI_CHOICE:
                field["choices"] = [_choice(line) for line in _lines(given["choices"])]
            case FieldKind.NUMBER:
                field |= {name: _number(given[name]) for name in ("min", "max") if given[name].strip()}
                field |= {"unit": given["unit"].strip()} if given["unit"].strip() else {}
            case FieldKind.TABLE:
                field["columns"] = [_column(line) for line in _lines(given["columns"])]
                field["max_rows"] = given["max_rows"] or 20
        for name, prefix, _label in CONDITIONS:
            conditions = [
                {
                    "field": given[f"{prefix}_field_{number}"],
                    "test": given[f"{prefix}_test_{number}"] or Test.IS,
                    "value": given[f"{prefix}_value_{number}"].strip(),
                }
                for number in self._places(name)
                if given[f"{prefix}_field_{number}"]
            ]
            if conditions:
                field[name] = conditions
        return field


def _both(given, name) -> dict:
    return {code: given[f"{name}_{code}"].strip() for code in ("zh", "en") if given[f"{name}_{code}"].strip()}


def _lines(text):
    return [[part.strip() for part in line.split("|")] for line in text.splitlines() if line.strip()]


def _choice(parts) -> dict:
    value, zh, en = (*parts, "", "")[:3]
    return {"value": value, "label": {"zh": zh or value, **({"en": en} if en else {})}}


def _column(parts) -> dict:
    key, kind, zh, en = (*parts, "", "", "")[:4]
    kind = kind if kind in CELL_KINDS else FieldKind.TEXT.value
    return {"key": key, "kind": kind, "label": {"zh": zh or key, **({"en": en} if en else {})}}


def _number(text):
    found = as_number(text)
    if found is None:
        return text.strip()
    return int(found) if found == found.to_integral_value() else float(found)


def _typed(field) -> dict:
    """A field's definition as it is typed."""
    plain = ("key", "kind", "required", "min", "max", "unit", "max_rows")
    typed = {name: field[name] for name in plain if name in field}
    for name in ("label", "help"):
        typed |= {f"{name}_{code}": (field.get(name) or {}).get(code, "") for code in ("zh", "en")}
    typed["choices"] = "\n".join(
        " | ".join([one["value"], one["label"].get("zh", ""), one["label"].get("en", "")])
        for one in field.get("choices", ())
    )
    typed["columns"] = "\n".join(
        " | ".join([one["key"], one["kind"], one["label"].get("zh", ""), one["label"].get("en", "")])
        for one in field.get("columns", ())
    )
    for name, prefix, _label in CONDITIONS:
        for number, condition in enumerate(field.get(name) or ()):
            typed |= {f"{prefix}_{part}_{number}": condition.get(part, "") for part in ("field", "test", "value")}
    return typed
